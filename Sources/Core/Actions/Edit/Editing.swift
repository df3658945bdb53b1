import Backends
import Foundation
import JSON
import Model
import Synchronization

/// One object on its way through the person's editor: fetched, written to a file, read back, checked by the server, and merged
/// with what others changed meanwhile. Nobody's change is ever overwritten.
final class Editing: Sendable {
    /// The object was changed between the plan and the request.
    struct ChangedMeanwhile: Error {}

    private struct State {
        /// The object as the server had it when the text was made.
        var base: JSONTree
        /// What was last given to the editor.
        var given = ""
        /// What the person wants, as far as it could be read.
        var mine: JSONTree?
    }

    private let reference: ObjectReference
    private let file: EditFile
    private let state: Mutex<State>

    private var isSecret: Bool { reference.kind == .secrets }

    private init(_ reference: ObjectReference, _ base: JSONTree, _ file: EditFile) {
        self.reference = reference
        self.file = file
        state = Mutex(State(base: base))
    }

    static func begin(_ planning: Planning) async throws -> ActionRun.PlanningResult {
        let object = try await planning.present(planning.objects[0])
        let mark = "\(ProcessInfo.processInfo.processIdentifier)-\(planning.id.number)"
        let file = try EditFile(for: object.reference, in: planning.parts.folder, mark: mark)
        let editing = Editing(object.reference, JSONTree(object.value), file)
        return .editor(try editing.give(editing.shown, problem: []), editing)
    }

    /// Removes the file.
    func close() { file.remove() }

    /// Ends the edit; the path of the text where it is worth keeping: it was not taken, and it is no secret.
    func leave(because refusal: ActionRefusal) -> String? {
        let isWorth = state.withLock { $0.mine != nil } && !isSecret && refusal.kind != .invalid
        if !isWorth { close() }
        return isWorth ? file.url.path : nil
    }

    // MARK: the text

    /// What the person sees: without the server's books and without the status, which has no place in an edit.
    private var shown: String { Self.text(state.withLock { $0.base }) }

    private static func text(_ tree: JSONTree) -> String {
        var tree = tree
        tree["status"] = nil
        tree[path: ["metadata", "managedFields"]] = nil
        // A tree always makes JSON that can be parsed.
        let value = try? JSONValue.parse(tree.literal.bytes)
        return value.map { KubernetesClient.editableYAML($0) } ?? ""
    }

    private func give(_ text: String, problem: [String], line: Int = 1) throws -> EditorRequest {
        let head =
            problem.isEmpty
            ? [
                "\(reference.shortName) in \(place). Lines with # above the text are left out; an empty text drops the edit."
            ]
            : problem + ["", "Mend the text, or empty it to drop the edit."]
        let count = try file.write(text, remarks: head)
        state.withLock { $0.given = text }
        return EditorRequest(
            path: file.url.path, line: line + count, problem: problem.first ?? "")
    }

    private var place: String {
        reference.namespace.map { "\(reference.environment), \($0)" } ?? "\(reference.environment)"
    }

    // MARK: what came back

    /// Reads what the person wrote: a plan, once more the editor, or nothing at all.
    func edited(status: Int32, _ planning: Planning) async throws -> ActionRun.PlanningResult {
        guard status == 0 else {
            throw ActionRefusal(.invalid, "the editor ended with code \(status); nothing was changed")
        }
        let text = try file.read().text
        let given = state.withLock { $0.given }
        guard !text.allSatisfy(\.isWhitespace) else {
            throw ActionRefusal(.invalid, "the text is empty; nothing was changed")
        }
        guard text != given else { throw ActionRefusal(.invalid, "nothing was changed") }
        let manifest: Manifest
        do {
            manifest = try read(text)
        } catch let fault as Manifest.Fault {
            return .editor(try give(text, problem: [fault.message], line: max(fault.line, 1)), self)
        }
        state.withLock { $0.mine = manifest.object }
        return try await check(text, manifest, planning)
    }

    /// The one document of the text, which must still be about the same object.
    private func read(_ text: String) throws -> Manifest {
        let documents = try Manifest.documents(text)
        guard documents.count == 1, let manifest = documents.first, manifest.object.members != nil else {
            throw Manifest.Fault(line: 0, words: "the text must hold exactly one object, not \(documents.count)")
        }
        let base = state.withLock { $0.base }
        for field in [["apiVersion"], ["kind"], ["metadata", "name"], ["metadata", "namespace"]]
        where manifest.object[path: field] != base[path: field] {
            let name = field.joined(separator: ".")
            throw Manifest.Fault(line: manifest.line(of: name), words: "\(name) cannot be changed in an edit")
        }
        return manifest
    }

    /// Has the server check the text in a dry run.
    private func check(
        _ text: String, _ manifest: Manifest, _ planning: Planning
    ) async throws -> ActionRun.PlanningResult {
        let base = state.withLock { $0.base }
        planning.say("asking the server whether it takes it")
        do {
            let answer = try await planning.rehearsal().put(reference, Self.body(manifest.object, on: base).literal)
            return .draft(draft(base, manifest.object, answer, planning))
        } catch WriteError.refused(let refusal) where refusal.code == 409 {
            return try await merge(planning)
        } catch WriteError.refused(let refusal) where [400, 413, 422, 500].contains(refusal.code) {
            let field = refusal.causes.lazy.map(\.field).first { !$0.isEmpty }
            let line = field.map { manifest.line(of: $0) } ?? 1
            return .editor(try give(text, problem: refusal.lines, line: line), self)
        }
    }

    /// What is sent: the person's text on the state they saw. The status, which was not shown, stays as it was.
    private static func body(_ mine: JSONTree, on base: JSONTree) -> JSONTree {
        var body = mine
        body["status"] = base["status"]
        body[path: ["metadata", "resourceVersion"]] = base[path: ["metadata", "resourceVersion"]]
        body[path: ["metadata", "uid"]] = base[path: ["metadata", "uid"]]
        return body
    }

    // MARK: somebody else was there

    /// Brings the person's changes onto the newest state. What both changed goes back to the editor.
    func merge(_ planning: Planning) async throws -> ActionRun.PlanningResult {
        planning.say("somebody changed it meanwhile; merging")
        let newest = try await planning.present(reference)
        let theirs = JSONTree(newest.value)
        let (base, mine) = state.withLock { ($0.base, $0.mine ?? $0.base) }
        let merge = ThreeWayMerge(
            base: Self.comparable(base), mine: Self.comparable(mine), theirs: Self.comparable(theirs))
        state.withLock {
            $0.base = theirs
            $0.mine = merge.merged
        }
        let text = Self.text(merge.merged)
        guard merge.conflicts.isEmpty else {
            let lines = merge.conflicts.flatMap { conflict in
                [
                    "\(conflict.field) was changed by somebody else meanwhile:",
                    "  theirs: \(Self.short(conflict.theirs, isHidden: isSecret))",
                    "  yours:  \(Self.short(conflict.mine, isHidden: isSecret)) (in the text below)",
                ]
            }
            let manifest = try? Manifest.documents(text).first
            let line = merge.conflicts.first.flatMap { manifest?.line(of: Self.plain($0.field)) } ?? 1
            // Saving it unchanged means that the person's own values are to stand.
            let request = try give(text, problem: lines, line: line)
            state.withLock { $0.given = "" }
            return .editor(request, self)
        }
        planning.say("asking the server whether it takes the merged text")
        let answer = try await planning.rehearsal().put(reference, Self.body(merge.merged, on: theirs).literal)
        var draft = draft(theirs, merge.merged, answer, planning)
        let others = TreeChanges(from: Self.comparable(base), to: Self.comparable(theirs), isSecret: isSecret).fields
        draft.facts += others.prefix(10).map { .init("changed by others", $0.field) }
        draft.warnings.append("somebody changed it meanwhile: your changes were merged with theirs")
        return .draft(draft)
    }

    /// Without what the server sets by itself.
    private static func comparable(_ tree: JSONTree) -> JSONTree {
        var tree = tree
        tree["status"] = nil
        for field in ["managedFields", "resourceVersion", "generation"] { tree[path: ["metadata", field]] = nil }
        return tree
    }

    private static func short(_ tree: JSONTree?, isHidden: Bool) -> String {
        guard let tree else { return "taken away" }
        if isHidden { return "(hidden)" }
        let text = (tree.string ?? tree.literal.text).split(whereSeparator: \.isNewline).joined(separator: " ")
        return text.count > 200 ? text.prefix(200) + "…" : text
    }

    /// "containers[name=app]" has no line of its own under that name: the list has.
    private static func plain(_ field: String) -> String { String(field.prefix { $0 != "[" }) }

    // MARK: the plan

    private func draft(_ base: JSONTree, _ mine: JSONTree, _ answer: JSONValue, _ planning: Planning) -> Draft {
        var draft = Draft("change \(planning.place(Deed("", "object")))", Deed("changed", "object"))
        draft.difference = TextDifference.lines(Self.comparableText(base), ObjectText.comparable(answer))
        if draft.difference.isEmpty { draft.warnings.append("the server makes no change of it") }
        draft.facts = [.init("checked", "by the server, in a dry run", tone: .good)]
        draft.steps = [step(base, mine)]
        return draft
    }

    private static func comparableText(_ tree: JSONTree) -> String {
        // As above.
        (try? JSONValue.parse(tree.literal.bytes)).map { ObjectText.comparable($0) } ?? ""
    }

    private func step(_ base: JSONTree, _ mine: JSONTree) -> Step {
        let (reference, isSecret) = (reference, isSecret)
        let (before, after) = (Self.comparable(base), Self.comparable(mine))
        let changes = TreeChanges(from: before, to: after, isSecret: isSecret).fields
        let wayBack = WayBack(
            "put the former text back",
            step: Step(reference) { run in
                let patch = TreeChanges.mergePatch(from: after, to: before)
                try await run.writer().patch(reference, .merge, patch.literal)
                return StepOutcome("put back", changes: TreeChanges(from: after, to: before, isSecret: isSecret).fields)
            })
        let recheck: @Sendable (StepRun) async throws -> StepOutcome? = { run in
            let now = Self.comparable(JSONTree(try await run.client.rawObject(reference)))
            return TreeChanges.mergePatch(from: now, to: after) == .object([:])
                ? StepOutcome("changed after all", changes: changes, wayBack: wayBack) : nil
        }
        return Step(reference, recheck: recheck) { run in
            do {
                try await run.writer().put(reference, Self.body(mine, on: base).literal)
            } catch WriteError.refused(let refusal) where refusal.code == 409 {
                throw ChangedMeanwhile()
            }
            return StepOutcome("changed", changes: changes, wayBack: wayBack)
        }
    }
}
