/** Reading again, from the disk, a log that has grown or that an earlier session opened. */
import { noticeOfTaking } from './notice.ts';
import type { Session } from './session.svelte.ts';

/** Reads from the disk what has come since, beside what was kept or is held. Must be called in a click. */
export async function readAgainFromDisk(session: Session): Promise<void> {
  const { files, lost } = await session.remember.disk.read();
  session.notice = noticeOfTaking(session.isBusy, files.length, { leftOut: 0, lost });
  if (session.notice?.kind === 'busy' || files.length === 0) return;
  session.question = files;
  session.answer('add');
}
