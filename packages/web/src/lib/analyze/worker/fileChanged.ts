/** A file is no longer as it was when it was chosen, or is not there: most browsers hand over nothing of it then. */
export class FileChanged extends Error {
  readonly file: string;

  constructor(file: string) {
    super(`${file} changed`);
    this.file = file;
  }
}
