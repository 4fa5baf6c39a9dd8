/** The file system `memory:`, which is on no disk: a folder with one program. */
import * as vscode from "vscode";

const FOLDER = "/";
const FILE = "outer.cella";
const PROGRAM = "def outer(exp):\n    return lambda: exp\n";

export function activate(context: vscode.ExtensionContext): void {
  context.subscriptions.push(
    vscode.workspace.registerFileSystemProvider("memory", new Memory(), { isReadonly: true }),
  );
}

class Memory implements vscode.FileSystemProvider {
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const times = { ctime: 0, mtime: 0 };
    if (uri.path === FOLDER) return { type: vscode.FileType.Directory, size: 0, ...times };
    return { type: vscode.FileType.File, size: this.readFile(uri).length, ...times };
  }

  readFile(uri: vscode.Uri): Uint8Array {
    if (uri.path !== FOLDER + FILE) throw vscode.FileSystemError.FileNotFound(uri);
    return Buffer.from(PROGRAM);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [[FILE, vscode.FileType.File]];
  }

  createDirectory = readOnly;
  writeFile = readOnly;
  delete = readOnly;
  rename = readOnly;
}

function readOnly(): never {
  throw vscode.FileSystemError.NoPermissions();
}
