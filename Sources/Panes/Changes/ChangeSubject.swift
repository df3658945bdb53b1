import Model
import PaneKit

/// What a change is for: the objects a pane has selected or marked, and what is known of them that questions can offer.
struct ChangeSubject: Sendable {
    var objects: [ObjectReference]
    /// The one container that is chosen; nil while none is.
    var container: String?
    /// All that are known, for choosing among them, with their images.
    var containers: [(name: String, image: String)] = []
    /// Ports of its containers: "8080".
    var ports: [String] = []
    /// Keys of a secret or config map, where they are known.
    var keys: [String] = []
    /// As many as are wanted now.
    var replicas: Int?
    /// Why there are no objects, in plain words.
    var nothing = "nothing is selected"

    init(_ objects: [ObjectReference] = [], nothing: String = "nothing is selected") {
        self.objects = objects
        self.nothing = nothing
    }

    /// One object with what its document tells.
    init(_ object: ObjectReference, _ document: ObjectDocument?) {
        self.init([object])
        guard let document else { return }
        objects = [Self.completed(object, by: document)]
        let own = document.containers.filter { $0.role != .`init` }
        containers = own.map { ($0.name, $0.image) }
        ports = own.flatMap(\.ports).compactMap { $0.split(separator: " ").last?.split(separator: "/").first }
            .map(String.init)
        replicas = Self.replicas(document.yaml)
        if object.kind == .secrets { keys = Self.keys(document.yaml) }
    }

    /// One row of a table with what its cells tell.
    init(_ object: ObjectReference, row: TableRow, columns: [TableColumn]) {
        self.init([object])
        func cell(_ name: String) -> String? {
            columns.firstIndex { $0.name.lowercased() == name }.map { row.cell($0) }
        }
        let names = cell("containers")?.split(separator: ",").map(String.init) ?? []
        let images = cell("images")?.split(separator: ",").map(String.init) ?? []
        if names.count == images.count { containers = zip(names, images).map { ($0, $1) } }
        // "1/2" of a deployment, or the number itself of a replica set.
        let isPod = object.kind == .pods
        replicas =
            isPod
            ? nil : cell("ready")?.split(separator: "/").last.flatMap { Int($0) } ?? cell("desired").flatMap { Int($0) }
        if let desired = cell("desired").flatMap({ Int($0) }) { replicas = desired }
    }

    /// What opened the page may not have known the uid; the document does.
    private static func completed(_ object: ObjectReference, by document: ObjectDocument) -> ObjectReference {
        guard object.uid.isEmpty, document.reference.name == object.name else { return object }
        var object = object
        object.uid = document.reference.uid
        return object
    }

    /// What stands directly beneath `data:`.
    private static func keys(_ yaml: String) -> [String] {
        var isData = false
        var keys: [String] = []
        for line in yaml.split(separator: "\n") {
            if !line.hasPrefix(" ") { isData = line.hasPrefix("data:") }
            guard isData, line.hasPrefix("  "), !line.hasPrefix("   "), let colon = line.firstIndex(of: ":") else {
                continue
            }
            keys.append(line[..<colon].dropFirst(2).filter { $0 != "\"" })
        }
        return keys
    }

    /// `replicas:` directly beneath `spec:`.
    private static func replicas(_ yaml: String) -> Int? {
        var isSpec = false
        for line in yaml.split(separator: "\n") {
            if !line.hasPrefix(" ") { isSpec = line.hasPrefix("spec:") }
            if isSpec, line.hasPrefix("  replicas: ") { return Int(line.dropFirst(12)) }
        }
        return nil
    }

    var kind: ResourceKind? { objects.first?.kind }
    var environment: EnvironmentID? { objects.first?.environment }

    /// The container that a shell goes to: the chosen one, or the only one there is.
    var ownContainer: String? { container ?? (containers.count == 1 ? containers[0].name : nil) }

    /// The rights that tell what may be done with it: of a few namespaces, however many rows are marked.
    var feeds: [FeedID] {
        var feeds: [FeedID] = []
        for object in objects where feeds.count < 4 {
            let feed = FeedID.rights(object.environment, namespace: object.namespace ?? "")
            if !feeds.contains(feed) { feeds.append(feed) }
        }
        return feeds
    }
}
