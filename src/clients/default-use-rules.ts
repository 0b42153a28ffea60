/**
 * The rules of use that Pullscope starts with: text, because people read it and change it. Out: rules for
 * parseUseRules. They say what a client mostly is; agents prove nothing. docker as such stays unknown: people, jobs
 * and servers run it alike.
 */
export const DEFAULT_USE_RULES = `# Words that jobs put into their agents. Hugging Face's libraries say is_ci/true by themselves.
* "is_ci/true" -> ci
* "github-actions" -> ci
* "gitlab-runner" -> ci
* "jenkins" -> ci
* "buildkite" -> ci
* "circleci" -> ci
* "azure-pipelines" -> ci
tekton* -> ci
drone* -> ci

# They look for a newer digest or tag on a timetable.
watchtower* -> update checker
diun -> update checker
keel -> update checker
wud -> update checker
renovate* -> update checker
dependabot* -> update checker
argocd-image-updater -> update checker
image-reflector-controller -> update checker
ouroboros -> update checker
shepherd -> update checker

# They read images to list what is in them, or whether it is vulnerable. Before the mirrors: Harbor has its scanners.
harbor-scanner* -> scanner
trivy* -> scanner
grype -> scanner
syft -> scanner
snyk* -> scanner
clair* -> scanner
anchore* -> scanner
docker-scout -> scanner
jfrog-xray -> scanner
twistlock* -> scanner
sysdig* -> scanner
neuvector* -> scanner
stackrox* -> scanner

# They search the whole internet for open registries.
zgrab -> scanner
nmap -> scanner
nuclei -> scanner
censysinspect -> scanner
* "nmap scripting engine" -> scanner

# They fetch once and hand on: behind one of their requests may be many clients.
harbor* -> mirror or cache
artifactory -> mirror or cache
nexus -> mirror or cache
distribution -> mirror or cache
registry -> mirror or cache
spegel -> mirror or cache
dragonfly* -> mirror or cache
dfdaemon -> mirror or cache
zot -> mirror or cache
pulp* -> mirror or cache
quay* -> mirror or cache
olah -> mirror or cache

# They copy repositories to another registry on a timetable.
regsync -> mirror or cache
image-syncer -> mirror or cache
oc-mirror -> mirror or cache

# Docker 23 and 24 with the containerd image store said this, too.
containerd *+unknown -> unknown

# Kubernetes pulls through these at the start of containers. nerdctl and ctr are rare beside it.
containerd -> cluster
cri-o -> cluster
kubelet -> cluster
kube-probe -> cluster
k3s -> cluster
flux -> cluster
source-controller -> cluster

# Docker Desktop, and programs like it, run docker in a virtual machine whose kernel has these names.
docker "-linuxkit" -> person
docker "-microsoft-standard" -> person

# The command was typed on a Mac or on Windows. Words in the agent may be escaped, hence no closing bracket.
docker* "(darwin" -> person
docker* "(windows" -> person

# Hosted runners of GitHub Actions and Azure Pipelines; so are other machines at Azure.
docker "-azure os/linux" -> ci

# Until Kubernetes 1.24 kubelet asked docker to pull, without an agent of its own.
docker 1* "upstreamclient(go-http-client" -> cluster
docker 20.10.* "upstreamclient(go-http-client" -> cluster

# They build images, which jobs mostly do. Change these if your people build by hand.
kaniko -> ci
buildkit -> ci
buildah -> ci
ko -> ci
jib -> ci
apko -> ci
dagger -> ci
lifecycle -> ci

# People at their own machines.
chrome -> person
firefox -> person
safari -> person
edge -> person
opera -> person
msie -> person
windowspowershell -> person
postmanruntime -> person
insomnia -> person
ollama -> person
`;
