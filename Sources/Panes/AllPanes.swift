import Model
import PaneKit

/// The panes of the program, in the order of their tabs. A pane is a folder here and a line in this list.
public enum AllPanes {
    /// The pane of one shell that fills the screen, for subcommands that open one.
    public static func shell(_ id: SessionID) -> PaneDescriptor { ShellsPane.descriptor(only: id) }

    public static let descriptors: [PaneDescriptor] = [
        WorkloadsPane.descriptor, LogsPane.descriptor, PipelinesPane.descriptor, AlertsPane.descriptor,
        ShellsPane.descriptor, ForwardsPane.descriptor,
        ReleasesPane.descriptor,
    ]
}
