/// A value that Jenkins' remote API can show, its fields made only when they are asked for.
///
/// The rules are those of Jenkins' exporter: without `tree` a field shows where its visibility is at least its depth (less
/// the `depth` asked for); with `tree` only what is named shows, and an object that is named without brackets stays empty.
indirect enum JenkinsExport {
    case value(SimJSON)
    case list([JenkinsExport])
    case object(className: String, fields: [Field])

    struct Field {
        var name: String
        var visibility: Int
        /// Whether its objects show as much as the one that holds them.
        var isInline: Bool
        var value: () -> JenkinsExport

        init(
            _ name: String, visibility: Int = 1, isInline: Bool = false,
            _ value: @escaping @autoclosure () -> JenkinsExport
        ) {
            self.name = name
            self.visibility = visibility
            self.isInline = isInline
            self.value = value
        }
    }

    /// The value without `tree`; `level` starts at 1 less the depth asked for.
    func json(level: Int) -> SimJSON {
        switch self {
        case .value(let json): return json
        case .list(let items): return .array(items.map { $0.json(level: level) })
        case .object(let className, let fields):
            let shown = fields.filter { $0.visibility >= level }
            return .object(
                SimObject(
                    [("_class", .string(className))]
                        + shown.map { ($0.name, $0.value().json(level: $0.isInline ? level : level + 1)) })
            )
        }
    }

    /// The value as `tree` prunes it.
    func json(pruned tree: JenkinsTree) -> SimJSON {
        switch self {
        case .value(let json): return json
        case .list(let items): return .array(tree.slice(items).map { $0.json(pruned: tree) })
        case .object(let className, let fields):
            let shown = fields.compactMap { field in
                tree.branch(field.name).map { (field.name, field.value().json(pruned: $0)) }
            }
            return .object(SimObject([("_class", .string(className))] + shown))
        }
    }
}

extension JenkinsExport {
    static func string(_ text: String?) -> JenkinsExport { .value(SimJSON(text)) }
    static func int(_ number: Int?) -> JenkinsExport { .value(SimJSON(number)) }
    static func bool(_ flag: Bool) -> JenkinsExport { .value(.bool(flag)) }
    static var null: JenkinsExport { .value(.null) }
}
