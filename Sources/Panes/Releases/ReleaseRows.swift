import Canvas
import Model
import PaneKit

/// Releases and revisions as rows, and a release's texts as lines.
enum ReleaseRows {
    static func releases(_ context: PaneContext) -> [ListView<HelmReleaseReference>.Row] {
        let several = context.scope.environments.count > 1
        let namespaces = context.scope.namespaces
        return context.scope.environments.flatMap { environment in
            (context.world.releases[environment] ?? [])
                .filter { namespaces == .all || namespaces.names.contains($0.namespace) }
                .map { row($0, environment, several: several, context) }
        }
    }

    private static func row(
        _ release: HelmRelease, _ environment: EnvironmentID, several: Bool, _ context: PaneContext
    ) -> ListView<HelmReleaseReference>.Row {
        let tone = tone(release.status)
        return .init(
            id: HelmReleaseReference(environment: environment, namespace: release.namespace, name: release.name),
            cells: [
                StyledLine(several ? "\(environment)  \(release.namespace)" : release.namespace, CellStyle(.muted)),
                StyledLine(release.name), StyledLine("\(release.revision)"),
                StyledLine(release.status, CellStyle(tone.role)), age(release, context),
            ], tone: tone)
    }

    static func history(_ detail: HelmReleaseDetail, _ context: PaneContext) -> [ListView<Int>.Row] {
        detail.history.map { revision in
            let tone = tone(revision.release.status)
            return .init(
                id: revision.release.revision,
                cells: [
                    StyledLine("\(revision.release.revision)"),
                    StyledLine(revision.release.status, CellStyle(tone.role)), StyledLine(revision.release.chart),
                    StyledLine(revision.release.appVersion), age(revision.release, context),
                    StyledLine(revision.description),
                ], tone: tone)
        }
    }

    static func text(_ detail: HelmReleaseDetail, _ view: ReleasesPane.View) -> [StyledLine] {
        switch view {
        case .history: []
        case .values:
            detail.values.isEmpty
                ? quiet("nothing is set beside the chart's own values") : YAMLText.lines(detail.values)
        case .manifest: detail.manifest.isEmpty ? quiet("the manifest is empty") : YAMLText.lines(detail.manifest)
        case .notes:
            detail.notes.isEmpty
                ? quiet("the chart has no notes")
                : detail.notes.split(separator: "\n", omittingEmptySubsequences: false).map { StyledLine(String($0)) }
        }
    }

    private static func quiet(_ words: String) -> [StyledLine] { [StyledLine("  " + words, CellStyle(.muted))] }

    private static func age(_ release: HelmRelease, _ context: PaneContext) -> StyledLine {
        StyledLine(release.updated == .zero ? "" : Age.text(context.now.since(release.updated)), CellStyle(.muted))
    }

    static func tone(_ status: String) -> Tone {
        switch status {
        case "deployed": .good
        case "failed": .critical
        case "superseded", "uninstalled": .muted
        default: status.hasPrefix("pending") || status == "uninstalling" ? .progressing : .plain
        }
    }
}
