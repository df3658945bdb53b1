import Backends
import JSON
import Model

extension ObjectPlans {
    /// Labels or annotations of objects; a nil value takes the key away.
    enum Marks: String, Sendable {
        case labels, annotations
        var singular: String { self == .labels ? "label" : "annotation" }
    }

    func mark(_ marks: Marks, _ changes: [String: String?]) async throws -> Draft {
        try Self.check(marks, changes)
        let present = try await planning.present()
        let deed = Deed(marks == .labels ? "labelled" : "annotated", planning.objects)
        var draft = Draft("\(marks == .labels ? "label" : "annotate") \(planning.place(deed))", deed)
        for object in present {
            let lines = Self.difference(object, marks, changes)
            if lines.isEmpty {
                draft.warnings.append("\(object.reference.shortName) has these \(marks.rawValue) already")
            } else {
                draft.difference += [DifferenceLine(.place, object.reference.shortName)] + lines
            }
            draft.steps.append(Self.step(object, marks, changes))
        }
        if marks == .labels { draft.warnings += await selected(present, changes) }
        try await rehearse(present) { writer, object in
            try await writer.patch(object, .merge, Self.patch(marks, changes))
        }
        return draft
    }

    private static func check(_ marks: Marks, _ changes: [String: String?]) throws {
        guard !changes.isEmpty else {
            throw ActionRefusal(.invalid, "no \(marks.singular) was named", hint: "KEY=VALUE, or KEY-")
        }
        for (key, value) in changes.sorted(by: { $0.key < $1.key }) {
            if let fault = LabelText.fault(key: key) {
                throw ActionRefusal(.invalid, "\"\(key)\" is no \(marks.singular)'s key: \(fault)")
            }
            if marks == .labels, let value, let fault = LabelText.fault(value: value) {
                throw ActionRefusal(.invalid, "\"\(value)\" is no label's value: \(fault)")
            }
        }
    }

    static func patch(_ marks: Marks, _ changes: [String: String?]) -> JSONLiteral {
        let members = changes.sorted { $0.key < $1.key }.map { key, value in
            (key: key, value: value.map { JSONLiteral.string($0) } ?? .null)
        }
        return ["metadata": .object([(marks.rawValue, .object(members))])]
    }

    private static func former(_ object: PresentObject, _ marks: Marks, _ key: String) -> String? {
        object.value.at(["metadata", marks.rawValue])?[key]?.scalarText
    }

    private static func difference(
        _ object: PresentObject, _ marks: Marks, _ changes: [String: String?]
    ) -> [DifferenceLine] {
        changes.sorted { $0.key < $1.key }.flatMap { key, value -> [DifferenceLine] in
            let before = former(object, marks, key)
            guard before != value else { return [] }
            return (before.map { [DifferenceLine(.removed, "\(key): \(shown($0, object, marks))")] } ?? [])
                + (value.map { [DifferenceLine(.added, "\(key): \(shown($0, object, marks))")] } ?? [])
        }
    }

    /// Annotations of secrets may hold the secret: kubectl keeps the whole object in one.
    private static func shown(_ value: String, _ object: PresentObject, _ marks: Marks) -> String {
        object.reference.kind == .secrets && marks == .annotations ? "hidden (\(value.utf8.count) bytes)" : value
    }

    private static func step(_ object: PresentObject, _ marks: Marks, _ changes: [String: String?]) -> Step {
        let reference = object.reference
        let before = Dictionary(uniqueKeysWithValues: changes.keys.map { ($0, former(object, marks, $0)) })
        return Step(reference) { run in
            try await run.writer().patch(reference, .merge, patch(marks, changes))
            let fields = changes.sorted { $0.key < $1.key }.map { key, value in
                FieldChange(
                    "metadata.\(marks.rawValue).\(key)", (before[key] ?? nil).map { shown($0, object, marks) },
                    value.map { shown($0, object, marks) })
            }
            let verb: ActionVerb = marks == .labels ? .label(before) : .annotate(before)
            return StepOutcome(
                "\(marks == .labels ? "labelled" : "annotated")", changes: fields,
                wayBack: before == changes ? nil : WayBack("put the former \(marks.rawValue) back", verb: verb))
        }
    }

    /// A pod that its owner or a service knows by a label is lost to them when the label changes.
    private func selected(_ present: [PresentObject], _ changes: [String: String?]) async -> [String] {
        var warnings: [String] = []
        for object in present where object.reference.kind == .pods {
            let after = object.labels.merging(changes.compactMapValues { $0 }) { $1 }
                .filter { entry in changes[entry.key].map { $0 != nil } ?? true }
            let neighbours = await planning.neighbours(of: object.reference.namespace ?? "")
            let (was, will) = (neighbours.dependants(of: [object.labels]), neighbours.dependants(of: [after]))
            if was != will {
                warnings.append(
                    "\(object.reference.name) is behind \(was.isEmpty ? "nothing" : was) now, and behind "
                        + "\(will.isEmpty ? "nothing" : will) then")
            }
            if object.labels["pod-template-hash"] != after["pod-template-hash"] {
                warnings.append("\(object.reference.name) leaves its replica set, which makes another one in its place")
            }
        }
        return warnings
    }
}
