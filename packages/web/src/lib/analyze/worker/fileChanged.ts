/** The browser hands over nothing of a file that is no longer as it was when it was chosen. */
export class FileChanged extends Error {
  readonly file: string;

  constructor(file: string) {
    super(`${file} changed`);
    this.file = file;
  }
}
