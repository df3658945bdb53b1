import Model

/// What is said of an object beyond its metadata: made by the file that knows its kind.
struct KindDescription {
    /// They join the object's own section.
    var facts: [ObjectDocument.Fact] = []
    var sections: [ObjectDocument.Section] = []
    var containers: [ObjectDocument.Container] = []
    var links: [ObjectDocument.Link] = []

    /// Adds a fact unless there is nothing to say.
    mutating func say(_ name: String, _ value: String, tone: Tone = .plain) {
        guard !value.isEmpty else { return }
        facts.append(.init(name, value, tone: tone))
    }

    mutating func section(_ title: String, _ facts: [ObjectDocument.Fact]) {
        guard !facts.isEmpty else { return }
        sections.append(.init(title, facts))
    }

    /// Adds a link unless it has no name or is there already.
    mutating func link(_ relation: String, _ kind: String, _ namespace: String?, _ name: String) {
        let link = ObjectDocument.Link(relation: relation, kind: kind, namespace: namespace, name: name)
        guard !name.isEmpty, !links.contains(link) else { return }
        links.append(link)
    }
}

/// A row of a table of facts: what it is called and where it stands in the object.
struct FactRow {
    var name: String
    var path: [String]
    init(_ name: String, _ path: String...) {
        self.name = name
        self.path = path
    }
}
