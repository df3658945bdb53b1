import Canvas
import Model
import PaneKit

extension WorkloadsPane {
    /// The rows of each state, for key maps and key tables: what can be active together.
    static func commandSets() -> [[Command]] {
        let context = PaneContext(
            world: World(), scope: Scope(environments: ["none"]), size: Size(width: 80, height: 24))
        var table = WorkloadsPane()
        table.push(.table(TablePage(kindWord: "pods")))
        let reference = ObjectReference(environment: "none", kind: .pods, namespace: "none", name: "none")
        var object = WorkloadsPane()
        object.push(.object(ObjectPage(reference, .describe)))
        return [WorkloadsPane(), table, object].map { $0.commands(in: context) }
    }
}
