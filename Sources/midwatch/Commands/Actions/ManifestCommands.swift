import ArgumentParser
import Core
import Foundation
import Model

/// Server-side apply of files.
struct ApplyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply", abstract: "Apply manifests: the server merges, and the difference is shown first.")

    @Option(
        name: .shortAndLong, help: ArgumentHelp("Files of YAML or JSON; - is the standard input.", valueName: "file"))
    var filename: [String]

    @Flag(help: "Take over fields that another manager owns.")
    var forceConflicts = false

    @OptionGroup var options: ActionOptions

    func run() throws {
        try plainly {
            let text = try ManifestFiles.text(filename)
            try ActionConduct.run(options, withoutObjects: .apply(manifest: text, force: forceConflicts))
        }
    }
}

/// Creates objects from files.
struct CreateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "create", abstract: "Create objects from manifests.")

    @Option(
        name: .shortAndLong, help: ArgumentHelp("Files of YAML or JSON; - is the standard input.", valueName: "file"))
    var filename: [String]

    @OptionGroup var options: ActionOptions

    func run() throws {
        try plainly {
            try ActionConduct.run(options, withoutObjects: .create(manifest: try ManifestFiles.text(filename)))
        }
    }
}

/// Changes an object in the person's editor.
struct EditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "edit", abstract: "Change an object in $KUBE_EDITOR or $EDITOR.",
        discussion:
            "The server checks the text before it is sent; somebody else's changes are merged, never overwritten.")

    @Argument(help: ArgumentHelp("deploy/api, or a kind and a name.", valueName: "kind/name")) var object: [String]
    @OptionGroup var options: ActionOptions
    func run() throws { try plainly { try ActionConduct.run(options, .edit, on: ObjectWords(object)) } }
}

/// Shows one value of a secret or a config map.
struct RevealCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reveal", abstract: "Print one value of a secret or a config map; written to the audit file.")

    @Argument(help: ArgumentHelp("secret/db", valueName: "kind/name")) var object: String
    @Argument(help: ArgumentHelp("Which value.", valueName: "key")) var key: String
    @OptionGroup var options: ActionOptions

    func validate() throws {
        if options.dryRun { throw ValidationError("showing a value changes nothing: there is nothing to rehearse") }
    }

    func run() throws { try plainly { try ActionConduct.run(options, .reveal(key: key), on: ObjectWords([object])) } }
}

/// The text of several files, as one stream of documents.
enum ManifestFiles {
    static func text(_ names: [String]) throws -> String {
        guard !names.isEmpty else { throw PlainFailure(.mistaken, "name a file: -f FILE") }
        return try names.map(one).joined(separator: "\n---\n")
    }

    private static func one(_ name: String) throws -> String {
        let data =
            name == "-" ? FileHandle.standardInput.readDataToEndOfFile() : FileManager.default.contents(atPath: name)
        guard let data else { throw PlainFailure(.mistaken, "\(name) cannot be read") }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw PlainFailure(.mistaken, "\(name) is not UTF-8 text")
        }
        return text
    }
}
