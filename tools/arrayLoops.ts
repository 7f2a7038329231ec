import {
  type ForOfStatement,
  isBlock,
  isForOfStatement,
  isVariableDeclarationList,
  type Node,
  type SourceFile,
} from "typescript/unstable/ast";
import { API, type Checker, type Project, TypeFlags } from "typescript/unstable/sync";

/** Text in place of `length` characters of the source from `at` on. */
interface Edit {
  readonly at: number;
  readonly length: number;
  readonly text: string;
}

/**
 * Makes each `for (const x of array)` a loop by index, which does the same. V8 knows array iterators only in the code of its last compiler: before
 * that each step is a call and an object, and every loop has code for the iterator's early end. What may be something else than an array stays.
 */
export class ArrayLoops {
  readonly #api: API = new API();
  readonly #project: Project;

  constructor(tsconfig: string) {
    this.#project = this.#api.updateSnapshot({ openProject: tsconfig }).getProject(tsconfig)!;
  }

  /** @param source of a file of the project; its lines stay where they are */
  byIndex(source: string, path: string): string {
    const { program, checker } = this.#project;
    const file = program.getSourceFile(path);
    if (file?.text !== source) throw new Error(`${path}: not as the compiler has read it`);
    const loops = loopsIn(file).filter(({ expression }) => isArray(expression, checker));
    return edited(
      source,
      loops.flatMap((loop, number) => editsFor(loop, number, file)),
    );
  }

  close(): void {
    this.#api.close();
  }
}

function loopsIn(file: SourceFile): ForOfStatement[] {
  const found: ForOfStatement[] = [];
  const visit = (node: Node): void => {
    if (isForOfStatement(node) && node.awaitModifier === undefined && isVariableDeclarationList(node.initializer))
      found.push(node);
    node.forEachChild(visit);
  };
  visit(file);
  return found;
}

/** To the compiler `any` and `never` are like an array too. */
function isArray(node: Node, checker: Checker): boolean {
  const type = checker.getTypeAtLocation(node);
  return type !== undefined && (type.flags & (TypeFlags.Any | TypeFlags.Never)) === 0 && checker.isArrayLikeType(type);
}

function editsFor(
  { initializer, expression, statement }: ForOfStatement,
  number: number,
  file: SourceFile,
): readonly Edit[] {
  const [index, array] = [`$index${number}`, `$array${number}`];
  const [start, body] = [initializer.getStart(file), statement.getStart(file)];
  const variable = file.text.slice(start, initializer.end);
  const first = `{ ${variable} = ${array}[${index}];`;
  return [
    { at: start, length: expression.getStart(file) - start, text: `let ${index} = 0, ${array} = ` },
    { at: expression.end, length: 0, text: `; ${index} < ${array}.length; ${index}++` },
    { at: body, length: isBlock(statement) ? 1 : 0, text: first },
    ...(isBlock(statement) ? [] : [{ at: statement.end, length: 0, text: "}" }]),
  ];
}

function edited(source: string, edits: readonly Edit[]): string {
  let text = "";
  let end = 0;
  for (const edit of edits.toSorted((a, b) => a.at - b.at)) {
    text += source.slice(end, edit.at) + edit.text;
    end = edit.at + edit.length;
  }
  return text + source.slice(end);
}
