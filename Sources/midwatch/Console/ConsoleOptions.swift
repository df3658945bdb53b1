import ArgumentParser
import Canvas

/// How the console looks and where it begins; the same for `midwatch` and `midwatch demo`.
struct ConsoleOptions: ParsableArguments {
    @Option(
        name: [.customShort("c"), .customLong("command")],
        help: ArgumentHelp("What to type after : at the start, such as \"pods payments\".", valueName: "line"))
    var line: String?

    @Option(help: ArgumentHelp("Theme, instead of the configuration's.", valueName: "name"))
    var theme: String?

    @Flag(help: "Draw with ASCII only.")
    var ascii = false

    @Flag(inversion: .prefixedNo, help: "Use the mouse; without it the terminal's own selection works everywhere.")
    var mouse: Bool?

    @Flag(help: "Print the settled first screen as text and end.")
    var once = false

    @Option(help: ArgumentHelp("Size of the screen with --once.", valueName: "columnsxrows"))
    var size = ScreenSize(size: Size(width: 120, height: 40))

    @Option(help: ArgumentHelp("Seconds that --once waits at most for servers.", valueName: "seconds"))
    var patience = 15.0
}
