import Yams

/// What the YAML parser found wrong, in its words, and where.
struct YAMLMistake {
    var line: Int?
    var words: String

    init(_ error: any Error, in text: String) {
        guard let error = error as? YamlError else {
            words = String(describing: error)
            return
        }
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            line = mark.line
            words = problem
        case .reader(let problem, let offset, _, _):
            line = offset.map { 1 + text.utf8.prefix($0).count { $0 == UInt8(ascii: "\n") } }
            words = problem
        case .duplicatedKeysInMapping(let keys, let context):
            line = context.mark.line
            words = "these keys stand twice in one mapping: " + keys.joined(separator: ", ")
        default: words = String(describing: error)
        }
    }

    func fault(file: String) -> KubeconfigFault {
        KubeconfigFault(file: file, line: line, cause: "broken YAML: \(words)")
    }
}
