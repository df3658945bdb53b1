import ArgumentParser

/// How a subcommand prints.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable { case table, wide, json, yaml, name }
