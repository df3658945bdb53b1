import Canvas
import Model
import PaneKit

/// One object: described, as YAML, or its containers to choose from.
struct ObjectPage: Sendable {
    var reference: ObjectReference
    var view: ObjectView
    var text = TextView()
    var container = 0
    var related = RelatedList()
    private var drawnFor: (ObjectDocument, Int64)?
    private(set) var isEmpty = false

    init(_ reference: ObjectReference, _ view: ObjectView) {
        self.reference = reference
        self.view = view
    }

    /// The page of no object, for a detail pane that has not been opened.
    static let empty: ObjectPage = {
        var page = ObjectPage(ObjectReference(environment: "", kind: .pods, namespace: nil, name: ""), .describe)
        page.isEmpty = true
        return page
    }()

    var feeds: [FeedID] {
        guard !isEmpty else { return [] }
        return question.map { [.related(reference, $0)] } ?? [.object(reference)]
    }

    /// What the views ask that show other objects than this one.
    private var question: RelatedObjects.Question? {
        switch view {
        case .tree: .tree
        case .usedBy: .usedBy
        case .describe, .yaml, .containers: nil
        }
    }

    var isList: Bool { view == .containers || question != nil }

    /// Writes the text anew when the object changed, or when the ages in it did (each second of a young event).
    mutating func sync(in context: PaneContext, height: Int) {
        text.resize(height: height)
        if let question {
            related.sync(context.world.related[.related(reference, question)], in: context, height: height)
            return
        }
        guard let document = context.world.objects[reference] else { return }
        let second = Int64(context.now.seconds)
        if let drawnFor, drawnFor.0 == document, view == .yaml || drawnFor.1 == second { return }
        drawnFor = (document, second)
        switch view {
        case .describe: text.setLines(DescribeText(document, now: context.now, unicode: context.isUnicode).lines)
        case .yaml: text.setLines(YAMLText.lines(document.yaml))
        case .tree, .usedBy: break
        case .containers: container = min(container, max(0, document.containers.count - 1))
        }
    }

    mutating func show(_ view: ObjectView) {
        self.view = view
        text = TextView()
        related = RelatedList()
        drawnFor = nil
    }

    func selectedContainer(in context: PaneContext) -> ObjectDocument.Container? {
        let list = context.world.objects[reference]?.containers ?? []
        return container < list.count ? list[container] : nil
    }

    func draw(into region: Region, in context: PaneContext) {
        let status = feeds.first.map { context.world.status(of: $0) } ?? .idle
        drawTitle(region, status, context)
        let body = region.sub(Rect(x: 0, y: 1, width: region.width, height: region.height - 1))
        if let question { return drawRelated(question, status, into: body, in: context) }
        guard let document = context.world.objects[reference] else {
            FeedFace.draw(status, empty: "Nothing to show", into: body, in: context)
            return
        }
        if view == .containers {
            ContainerList(document.containers, selected: container).draw(into: body, in: context)
        } else {
            text.draw(into: body)
        }
    }

    private func drawRelated(
        _ question: RelatedObjects.Question, _ status: FeedStatus, into body: Region, in context: PaneContext
    ) {
        let known = context.world.related[.related(reference, question)]
        guard related.isEmpty, known?.notices.isEmpty ?? true else { return related.draw(into: body, in: context) }
        let empty = question == .usedBy ? "Nothing refers to \(reference.name)" : "Nothing to show"
        FeedFace.draw(status, empty: empty, into: body, in: context)
    }

    private func drawTitle(_ region: Region, _ status: FeedStatus, _ context: PaneContext) {
        var title = PaneTitle(region, in: context)
        title.heading("\(reference.kind.kind) \(reference.namespace.map { "\($0)/" } ?? "")\(reference.name)")
        title.place(reference.environment)
        title.quiet(view.words)
        if let search = text.searchText { title.remark("/", search) }
        title.status(feeds)
    }
}

extension ObjectView {
    /// As titles and texts call it.
    var words: String {
        switch self {
        case .usedBy: "used by"
        case .tree: "owner tree"
        case .describe, .yaml, .containers: rawValue
        }
    }
}
