/// What of a document's source a search wants to see.
struct SourceFilter {
    private var isOff = false
    private var includes: [WildcardPattern] = []
    private var excludes: [WildcardPattern] = []

    init(_ json: SimJSON) {
        switch json {
        case .bool(let flag): isOff = !flag
        case .string(let name): includes = [WildcardPattern(name)]
        case .array(let names): includes = Self.patterns(.array(names))
        default:
            includes = Self.patterns(json["includes"].isNull ? json["include"] : json["includes"])
            excludes = Self.patterns(json["excludes"].isNull ? json["exclude"] : json["excludes"])
        }
    }

    /// The source as it shall be shown; nil for not at all.
    func apply(_ source: SimJSON) -> SimJSON? {
        if isOff { return nil }
        return includes.isEmpty && excludes.isEmpty ? source : filtered(source, path: "") ?? .emptyObject
    }

    private func filtered(_ json: SimJSON, path: String) -> SimJSON? {
        let members = json.members.compactMap { member -> (String, SimJSON)? in
            let own = path.isEmpty ? member.key : "\(path).\(member.key)"
            if excludes.contains(where: { $0.matches(own) }) { return nil }
            let isIncluded = includes.isEmpty || includes.contains { $0.matches(own) }
            guard member.value.objectValue != nil else { return isIncluded ? (member.key, member.value) : nil }
            let inner =
                isIncluded
                ? SourceFilter(excludes: excludes).filtered(member.value, path: own) : filtered(member.value, path: own)
            return inner.map { (member.key, $0) }
        }
        return members.isEmpty ? nil : .object(SimObject(members))
    }

    private init(excludes: [WildcardPattern]) { self.excludes = excludes }

    private static func patterns(_ json: SimJSON) -> [WildcardPattern] {
        (json.arrayValue ?? [json]).compactMap(\.stringValue).map { WildcardPattern($0) }
    }
}
