import Canvas
import Model
import PaneKit

/// One object: described, as YAML, or its containers to choose from.
struct ObjectPage: Sendable {
    var reference: ObjectReference
    var view: ObjectView
    var text = TextView()
    var container = 0
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

    var feeds: [FeedID] { isEmpty ? [] : [.object(reference)] }

    /// Writes the text anew when the object changed, or when the ages in it did (each second of a young event).
    mutating func sync(in context: PaneContext, height: Int) {
        text.resize(height: height)
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
        drawnFor = nil
    }

    func selectedContainer(in context: PaneContext) -> ObjectDocument.Container? {
        let list = context.world.objects[reference]?.containers ?? []
        return container < list.count ? list[container] : nil
    }

    func draw(into region: Region, in context: PaneContext) {
        let status = context.world.status(of: .object(reference))
        drawTitle(region, status, context)
        let body = region.sub(Rect(x: 0, y: 1, width: region.width, height: region.height - 1))
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

    private func drawTitle(_ region: Region, _ status: FeedStatus, _ context: PaneContext) {
        var title = PaneTitle(region, in: context)
        title.heading("\(reference.kind.kind) \(reference.namespace.map { "\($0)/" } ?? "")\(reference.name)")
        title.place(reference.environment)
        title.quiet(view.rawValue)
        if let search = text.searchText { title.remark("/", search) }
        title.status(feeds)
    }
}
