import ArgumentParser
import Core
import Model

/// Sets and takes away labels.
struct LabelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "label", abstract: "Set labels (KEY=VALUE) and take them away (KEY-).")
    @Argument(help: ArgumentHelp("Objects, then labels.", valueName: "kind/name")) var words: [String]
    @OptionGroup var options: ActionOptions

    func run() throws {
        try plainly {
            let marks = try MarkWords(words)
            try ActionConduct.run(options, .label(marks.changes), on: ObjectWords(marks.objects))
        }
    }
}

/// Sets and takes away annotations.
struct AnnotateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "annotate", abstract: "Set annotations (KEY=VALUE) and take them away (KEY-).")
    @Argument(help: ArgumentHelp("Objects, then annotations.", valueName: "kind/name")) var words: [String]
    @OptionGroup var options: ActionOptions

    func run() throws {
        try plainly {
            let marks = try MarkWords(words)
            try ActionConduct.run(options, .annotate(marks.changes), on: ObjectWords(marks.objects))
        }
    }
}

/// Sets the images of containers.
struct SetImageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set-image", abstract: "Set the images of containers: CONTAINER=IMAGE.")
    @Argument(help: ArgumentHelp("deploy/api …, then app=registry/app:1.2.", valueName: "kind/name")) var words:
        [String]
    @OptionGroup var options: ActionOptions

    func run() throws {
        try plainly {
            let marks = try MarkWords(words)
            let images = try marks.changes.mapValues { image in
                guard let image else { throw PlainFailure(.mistaken, "a container's image cannot be taken away") }
                return image
            }
            try ActionConduct.run(options, .setImage(images), on: ObjectWords(marks.objects))
        }
    }
}

/// Words behind one another: objects, then KEY=VALUE and KEY-.
struct MarkWords {
    private(set) var objects: [String] = []
    private(set) var changes: [String: String?] = [:]

    init(_ words: [String]) throws {
        for word in words {
            if let sign = word.firstIndex(of: "="), sign > word.startIndex {
                changes[String(word[..<sign])] = .some(String(word[word.index(after: sign)...]))
            } else if word.hasSuffix("-"), objects.contains(where: { $0.contains("/") }) || objects.count > 1 {
                changes[String(word.dropLast())] = .some(nil)
            } else {
                objects.append(word)
            }
        }
        guard !changes.isEmpty else { throw PlainFailure(.mistaken, "nothing to set: write KEY=VALUE, or KEY-") }
    }
}
