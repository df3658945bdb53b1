import Model
import PaneKit

/// What changes ask for before there is an action; each prefilled with what is so now.
enum Questions {
    typealias Question = @Sendable (ChangeSubject, [String]) -> Prompt?

    /// The image that tools come from, where the person has named no other before.
    private static let tools = "busybox:1.37"

    private static func ask(
        _ label: String, text: String = "", history: String = "", _ choices: [Completion] = [], isChoice: Bool = false
    ) -> Prompt {
        Prompt("change", label: label, text: text, completions: choices, history: history, isChoice: isChoice)
    }

    private static func name(_ subject: ChangeSubject) -> String {
        subject.objects.count == 1 ? subject.objects[0].name : "\(subject.objects.count) objects"
    }

    static func pairs(_ verb: String) -> Question {
        { subject, _ in ask("\(verb) \(name(subject)) (key=value key-): ", history: verb) }
    }

    static let replicas: Question = { subject, _ in
        ask("replicas of \(name(subject)): ", text: subject.replicas.map(String.init) ?? "")
    }

    static let revision: Question = { subject, _ in
        ask("roll \(name(subject)) back to revision (empty: the one before): ")
    }

    static let ports: Question = { subject, _ in
        ask(
            "forward LOCAL:REMOTE or REMOTE of \(name(subject)): ", text: subject.ports.joined(separator: " "),
            history: "ports")
    }

    static func image(_ verb: String) -> Question {
        { subject, _ in ask("\(verb) \(name(subject)) with the image: ", text: tools, history: "tool images") }
    }

    /// Which container, where several are known and none is chosen.
    static func container(_ verb: String) -> Question {
        { subject, _ in
            guard subject.ownContainer == nil, subject.containers.count > 1 else { return nil }
            let choices = subject.containers.map { Completion($0.name, detail: $0.image) }
            return ask("\(verb) which container: ", choices, isChoice: true)
        }
    }

    /// As `container`, but it must be named where none is known.
    static let imageContainer: Question = { subject, answers in
        subject.containers.isEmpty && subject.container == nil
            ? ask("image of which container of \(name(subject)): ", history: "containers")
            : container("image of")(subject, answers)
    }

    static let key: Question = { subject, _ in
        let label = "show which key of \(name(subject)): "
        if subject.keys.isEmpty { return ask(label, history: "secret keys") }
        return subject.keys.count == 1 ? nil : ask(label, subject.keys.map { Completion($0) }, isChoice: true)
    }

    /// Prefilled after what was answered before: the same file name.
    static func remotePath(_ label: String) -> Question {
        { _, answers in ask(label, text: answers.isEmpty ? "" : "/tmp/" + file(answers[0]), history: "remote paths") }
    }

    static func localPath(_ label: String) -> Question {
        { _, answers in ask(label, text: answers.isEmpty ? "" : file(answers[0]), history: "local paths") }
    }

    private static func file(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? "files" }

    /// For pods the container, for nodes the image of the pod that carries the shell.
    static let shell: Question = { subject, answers in
        subject.kind == .nodes
            ? ask("shell on \(name(subject)) with the image: ", text: tools, history: "tool images")
            : container("shell in")(subject, answers)
    }

    static let newImage: Question = { subject, answers in
        let wanted = subject.ownContainer ?? answers[0]
        let now = subject.containers.first { $0.name == wanted }?.image ?? ""
        return ask("image of \(wanted): ", text: now, history: "images")
    }
}

/// Answers read into values, or why they make no sense.
enum Answers {
    static func given(_ answer: String) -> String? { answer.isEmpty ? nil : answer }

    static func word(_ answer: String, _ what: String) throws(Change.Mistake) -> String {
        let word = answer.trimmingPrefix { $0 == " " }
        guard !word.isEmpty else { throw Change.Mistake(words: "\(what) is needed") }
        return String(word)
    }

    static func path(_ answer: String) throws(Change.Mistake) -> String { try word(answer, "a path") }

    static func replicas(_ answer: String) throws(Change.Mistake) -> Int {
        guard let number = Int(answer.filter { $0 != " " }), number >= 0 else {
            throw Change.Mistake(words: "replicas are a number from 0 on, not \"\(answer)\"")
        }
        return number
    }

    static func revision(_ answer: String) throws(Change.Mistake) -> Int? {
        let word = answer.filter { $0 != " " }
        if word.isEmpty { return nil }
        guard let number = Int(word), number > 0 else {
            throw Change.Mistake(words: "a revision is a number from 1 on, not \"\(answer)\"")
        }
        return number
    }

    static func image(_ answer: String) throws(Change.Mistake) -> String {
        let image = try word(answer, "an image")
        guard !image.contains(" ") else { throw Change.Mistake(words: "an image has no blanks in it: \"\(image)\"") }
        return image
    }

    /// `key=value key-`.
    static func pairs(_ answer: String) throws(Change.Mistake) -> [String: String?] {
        let line = CommandLine(answer)
        var pairs: [String: String?] = [:]
        for word in [line.word] + line.arguments where !word.isEmpty {
            if let equals = word.firstIndex(of: "="), equals != word.startIndex {
                pairs[String(word[..<equals])] = .some(String(word[word.index(after: equals)...]))
            } else if word.hasSuffix("-"), word.count > 1 {
                pairs[String(word.dropLast())] = .some(nil)
            } else {
                throw Change.Mistake(words: "\"\(word)\" is neither key=value nor key-")
            }
        }
        guard !pairs.isEmpty else { throw Change.Mistake(words: "key=value sets, key- takes away") }
        return pairs
    }

    /// `8080:80 9090 https`, and `as NAME` to keep them under a name.
    static func ports(_ answer: String) throws(Change.Mistake) -> ForwardOptions {
        var words = answer.split(whereSeparator: { $0 == " " || $0 == "," }).map(String.init)[...]
        var name = ""
        if let place = words.firstIndex(of: "as"), place + 1 < words.endIndex {
            name = words[place + 1]
            words = words[..<place]
        }
        var ports: [ForwardOptions.Port] = []
        for word in words { ports.append(try port(word)) }
        guard !ports.isEmpty else { throw Change.Mistake(words: "which ports? 8080:80 9090 https") }
        return ForwardOptions(ports: ports, name: name)
    }

    private static func port(_ word: String) throws(Change.Mistake) -> ForwardOptions.Port {
        let parts = word.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        let remote = parts.last ?? ""
        let isNumber = remote.allSatisfy(\.isNumber)
        guard parts.count <= 2, !remote.isEmpty, !isNumber || (1...65535).contains(Int(remote) ?? 0) else {
            throw Change.Mistake(words: "\"\(word)\" is no port: 8080:80, 80 or the name of one")
        }
        // The same number here, as kubectl has it; ":80" leaves it to chance, and a name cannot be a number here.
        let written = parts.count == 2 ? parts[0] : isNumber ? remote : ""
        guard written.isEmpty || (0...65535).contains(Int(written) ?? -1) else {
            throw Change.Mistake(words: "\"\(parts[0])\" is no port of this machine")
        }
        return ForwardOptions.Port(local: Int(written) ?? 0, remote: remote)
    }
}
