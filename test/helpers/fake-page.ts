/** The page on the fake client, for `npx vite` and test/helpers/fake.html?repositories=10000&hostile=1. */
import { mount } from 'svelte';
import '../../src/app.css';
import App from '../../src/App.svelte';
import { createFakeClient } from './fake-client.ts';

const options = Object.fromEntries(
  [...new URLSearchParams(location.search)].map(([name, value]) => [name, Number(value)]),
);
mount(App, { target: document.getElementById('app')!, props: { client: createFakeClient(options) } });
