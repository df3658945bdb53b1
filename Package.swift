// swift-tools-version: 6.1
import PackageDescription

// The directions between targets are fixed in ARCHITECTURE.md; Tests/HouseTests reads every import line against them.
let package = Package(
    name: "midwatch",
    products: [
        .executable(name: "midwatch", targets: ["midwatch"]),
        .library(name: "MidwatchCore", targets: ["Core", "Backends", "Model", "HTTP", "JSON", "Pattern", "LogBuffer"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
    ],
    targets: [
        .systemLibrary(name: "CNcurses"),
        .systemLibrary(name: "CCurl"),
        .systemLibrary(name: "CPCRE2"),
        .systemLibrary(name: "CZlib"),
        .target(name: "CSimdJSON", linkerSettings: [.linkedLibrary("simdjson")]),
        .target(name: "Canvas"),
        .target(name: "NcursesTerminal", dependencies: ["Canvas", "CNcurses"]),
        .target(name: "JSON", dependencies: ["CSimdJSON"]),
        .target(name: "Pattern", dependencies: ["CPCRE2"]),
        .target(name: "HTTP"),
        .target(name: "HTTPTesting", dependencies: ["HTTP"]),
        .target(name: "CurlHTTP", dependencies: ["HTTP", "CCurl"]),
        .target(name: "Model"),
        .target(
            name: "Backends",
            dependencies: ["HTTP", "JSON", "Model", "CZlib", .product(name: "Yams", package: "Yams")]),
        .target(name: "LogBuffer", dependencies: ["Pattern", "Model"]),
        .target(name: "TerminalScreen", dependencies: ["Canvas", "Model"]),
        .target(
            name: "Core",
            dependencies: [
                "Backends", "LogBuffer", "TerminalScreen", "Pattern", "HTTP", "JSON", "Model",
                .product(name: "Yams", package: "Yams"),
            ]),
        .target(
            name: "PaneKit",
            dependencies: ["Canvas", "Model", "Pattern", .product(name: "Yams", package: "Yams")]),
        .target(name: "Panes", dependencies: ["PaneKit", "LogBuffer", "TerminalScreen", "Canvas", "Model"]),
        .target(name: "Console", dependencies: ["PaneKit", "Canvas", "Model", "Pattern"]),
        .target(
            name: "Simulator",
            dependencies: [
                "CZlib",
                .product(name: "FlyingFox", package: "FlyingFox"),
                .product(name: "FlyingSocks", package: "FlyingFox"), .product(name: "Yams", package: "Yams"),
            ]),
        .executableTarget(
            name: "midwatch",
            dependencies: [
                "Console", "Panes", "PaneKit", "NcursesTerminal", "CurlHTTP", "HTTP", "Canvas", "Simulator", "Core",
                "Model", .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Yams", package: "Yams"),
            ]),
        .target(name: "TestSupport", dependencies: ["Canvas"], path: "Tests/TestSupport"),
        .testTarget(name: "HouseTests"),
        .testTarget(name: "ReadmeTests", dependencies: ["Console", "Panes"]),
        .testTarget(
            name: "PanesTests",
            dependencies: ["Panes", "PaneKit", "LogBuffer", "TerminalScreen", "Canvas", "Model", "TestSupport"],
            exclude: ["Golden"]),
        .testTarget(name: "TerminalScreenTests", dependencies: ["TerminalScreen", "Canvas"]),
        .testTarget(name: "PaneKitTests", dependencies: ["PaneKit", "Canvas", "Model", "TestSupport"]),
        .testTarget(name: "CanvasTests", dependencies: ["Canvas", "TestSupport"]),
        .testTarget(name: "ConsoleTests", dependencies: ["Console", "PaneKit", "Canvas", "Model", "TestSupport"]),
        .testTarget(name: "ThemeTests", dependencies: ["PaneKit", "Canvas"]),
        .testTarget(name: "NcursesTerminalTests", dependencies: ["NcursesTerminal", "Canvas"]),
        .executableTarget(
            name: "terminal-demo", dependencies: ["Console", "PaneKit", "NcursesTerminal", "Canvas", "Model"],
            path: "Tests/TerminalDemo"),
        .testTarget(name: "TerminalTests", dependencies: ["terminal-demo", "midwatch", "TerminalScreen"]),
        .testTarget(name: "CurlHTTPTests", dependencies: ["CurlHTTP", "HTTP"]),
        .testTarget(name: "HTTPTests", dependencies: ["HTTP", "HTTPTesting"]),
        .testTarget(name: "CoreTests", dependencies: ["Core", "CurlHTTP", "HTTPTesting", "Simulator"]),
        .testTarget(name: "SimulatorTests", dependencies: ["Simulator"]),
        .testTarget(name: "ForeignClientTests", dependencies: ["Simulator"]),
        .testTarget(name: "JSONTests", dependencies: ["JSON"]),
        .testTarget(name: "ModelTests", dependencies: ["Model"]),
        .testTarget(name: "PatternTests", dependencies: ["Pattern"]),
        .testTarget(
            name: "WireTests", dependencies: ["Backends", "CurlHTTP", "HTTP", "Model", "Simulator"]),
        .testTarget(
            name: "BackendsTests",
            dependencies: [
                "Backends", "CurlHTTP", "HTTPTesting", "HTTP", "JSON", "Model", "Simulator", "TestSupport",
                .product(name: "Yams", package: "Yams"),
            ]),
        .testTarget(name: "ProgramTests", dependencies: ["midwatch", "Simulator", "TestSupport"]),
        .testTarget(name: "LogBufferTests", dependencies: ["LogBuffer", "Model", "Pattern"]),
    ]
)
