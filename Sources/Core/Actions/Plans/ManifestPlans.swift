import Backends
import JSON
import Model

/// What a file of manifests does to the cluster: server-side apply, create.
struct ManifestPlans: Sendable {
    private static let mostDocuments = 500

    let planning: Planning
    init(_ planning: Planning) { self.planning = planning }

    func apply(_ text: String, force: Bool) async throws -> Draft {
        let wanted = try await objects(text)
        var draft = Draft(
            "apply \(Self.words(wanted))\(force ? ", taking fields over" : "")", Deed("applied", "object"))
        for object in wanted {
            planning.say("asking the server about \(object.reference.shortName)")
            let before = try await live(object.reference)
            let after = try await rehearse(object, force)
            let lines = TextDifference.lines(before.map(ObjectText.comparable) ?? "", ObjectText.comparable(after))
            let what = before == nil ? "is new" : lines.isEmpty ? "stays as it is" : "changes"
            draft.facts.append(.init(object.reference.shortName, what, tone: lines.isEmpty ? .muted : .plain))
            if !lines.isEmpty { draft.difference += [DifferenceLine(.place, object.reference.shortName)] + lines }
            draft.steps.append(Self.applyStep(object, force, isNew: before == nil))
        }
        return draft
    }

    private func rehearse(_ object: WantedObject, _ force: Bool) async throws -> JSONValue {
        do {
            return try await planning.rehearsal().apply(object.reference, object.manifest.object.literal, force: force)
        } catch WriteError.refused(let refusal) where refusal.code == 409 && !force {
            throw ActionRefusal(
                .rejected, "\(object.reference.shortName): \(refusal.message)",
                hint: "apply it with force to take these fields over")
        } catch WriteError.refused(let refusal) {
            throw object.refusal(refusal)
        }
    }

    private static func applyStep(_ object: WantedObject, _ force: Bool, isNew: Bool) -> Step {
        Step(object.reference) { run in
            let made = try await run.writer().apply(object.reference, object.manifest.object.literal, force: force)
            var reference = object.reference
            reference.uid = made.text("metadata", "uid")
            return StepOutcome(isNew ? "created" : "applied", wayBack: isNew ? deletion(reference) : nil)
        }
    }

    func create(_ text: String) async throws -> Draft {
        let wanted = try await objects(text)
        var draft = Draft("create \(Self.words(wanted))", Deed("created", "object"))
        for object in wanted {
            planning.say("asking the server about \(object.reference.shortName)")
            do {
                let made = try await planning.rehearsal().create(
                    object.reference.kind, namespace: object.reference.namespace, object.manifest.object.literal)
                draft.difference +=
                    [DifferenceLine(.place, object.reference.shortName)]
                    + TextDifference.lines("", ObjectText.comparable(made))
            } catch WriteError.refused(let refusal) {
                throw object.refusal(refusal)
            }
            draft.steps.append(Self.createStep(object))
        }
        return draft
    }

    private static func createStep(_ object: WantedObject) -> Step {
        let recheck: @Sendable (StepRun) async throws -> StepOutcome? = { run in
            guard !object.reference.name.isEmpty else { return nil }
            do {
                let value = try await run.client.rawObject(object.reference)
                var reference = object.reference
                reference.uid = value.text("metadata", "uid")
                return StepOutcome("created after all", wayBack: deletion(reference))
            } catch let error as KubernetesError where error.statusCode == 404 {
                return nil
            }
        }
        return Step(object.reference, recheck: recheck) { run in
            let made = try await run.writer().create(
                object.reference.kind, namespace: object.reference.namespace, object.manifest.object.literal)
            var reference = object.reference
            reference.name = made.text("metadata", "name")
            reference.uid = made.text("metadata", "uid")
            return StepOutcome("created \(reference.shortName)", wayBack: deletion(reference))
        }
    }

    private static func deletion(_ reference: ObjectReference) -> WayBack {
        WayBack(
            "delete \(reference.shortName) again",
            step: Step(reference) { run in
                try await run.writer().delete(reference)
                return StepOutcome("deleted")
            })
    }

    /// The object as it is; nil where there is none.
    private func live(_ reference: ObjectReference) async throws -> JSONValue? {
        do {
            return try await planning.client.rawObject(reference)
        } catch let error as KubernetesError where error.statusCode == 404 {
            return nil
        }
    }

    private static func words(_ wanted: [WantedObject]) -> String {
        wanted.count == 1 ? wanted[0].reference.shortName : "\(wanted.count) objects"
    }

    /// Every object that the text names, lists taken apart.
    private func objects(_ text: String) async throws -> [WantedObject] {
        let documents: [Manifest]
        do {
            documents = try Manifest.documents(text)
        } catch {
            throw ActionRefusal(.invalid, error.message)
        }
        let all = documents.flatMap(Self.takenApart)
        guard !all.isEmpty else { throw ActionRefusal(.invalid, "the file holds no object") }
        guard all.count <= Self.mostDocuments else {
            throw ActionRefusal(
                .invalid, "\(all.count) objects are too many at once", hint: "at most \(Self.mostDocuments)")
        }
        planning.say("looking up kinds")
        var wanted: [WantedObject] = []
        for document in all { wanted.append(try await object(document)) }
        return wanted
    }

    private static func takenApart(_ document: Manifest) -> [Manifest] {
        guard document.object["kind"]?.string?.hasSuffix("List") == true, let items = document.object["items"]?.elements
        else { return [document] }
        return items.map { item in
            var one = document
            one.object = item
            return one
        }
    }

    private func object(_ document: Manifest) async throws -> WantedObject {
        guard let apiVersion = document.object["apiVersion"]?.string, let kind = document.object["kind"]?.string else {
            throw ActionRefusal(.invalid, "line \(document.line): an object needs apiVersion and kind")
        }
        let name = document.object[path: ["metadata", "name"]]?.string ?? ""
        guard !name.isEmpty || document.object[path: ["metadata", "generateName"]]?.string?.isEmpty == false else {
            throw ActionRefusal(.invalid, "line \(document.line): \(kind) has no metadata.name")
        }
        guard let found = try await planning.environment.kind(kind, of: apiVersion) else {
            throw ActionRefusal(
                .invalid, "line \(document.line): \(planning.action.environment) has no \(kind) in \(apiVersion)")
        }
        var manifest = document
        var namespace: String?
        if found.isNamespaced {
            namespace = document.object[path: ["metadata", "namespace"]]?.string ?? planning.defaultNamespace
            manifest.object[path: ["metadata", "namespace"]] = .string(namespace!)
        }
        let reference = ObjectReference(
            environment: planning.action.environment, kind: found, namespace: namespace, name: name)
        return WantedObject(reference: reference, manifest: manifest)
    }
}

/// One object of a manifest, with its place on the server.
struct WantedObject: Sendable {
    var reference: ObjectReference
    var manifest: Manifest

    /// The server's no with the line of the first field it names.
    func refusal(_ refusal: WriteRefusal) -> ActionRefusal {
        let field = refusal.causes.lazy.map(\.field).first { !$0.isEmpty }
        let place = field.map { "line \(manifest.line(of: $0)): " } ?? ""
        return ActionRefusal(
            refusal.code == 403 ? .forbidden : .rejected, "\(place)\(reference.shortName): \(refusal.message)")
    }
}
