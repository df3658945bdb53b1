/// The themes of `themes/`, for when no theme folder is installed. Made from those files: `swift test --filter ThemeTests`
/// says when they differ, and with MIDWATCH_WRITE_THEMES=1 writes this file anew.
enum ThemeTexts {
    static let builtIn: [(name: String, text: String)] = [
        (
            "dark",
            #"""
            # Calm, for dark backgrounds: greys, one accent, and colour only where something is the matter.
            #
            # A colour is "#rrggbb", a name of the sixteen that terminals have (black, red, green, yellow, blue, magenta, cyan, white,
            # and each with bright- before it), "default", or a name given under colours. "#rrggbb name" says which of the sixteen stands
            # in where there are no more. A style is a text colour, or a mapping with fg, bg, bold, dim, underline, reverse, italic.
            # The exact colours here are all of the 256 that terminals know by number: the theme looks the same with 256 colours, and over
            # a slow line a number is shorter than an exact colour.
            name: dark
            summary: calm, one accent, for dark backgrounds

            colours:
              ink: default
              faint: "#8a8a8a bright-black"
              line: "#585858 bright-black"
              accent: "#5fafff bright-blue"
              raised: "#303030 black"
              chosen: "#005f87 blue"

            roles:
              text: ink
              muted: faint
              accent: { fg: accent, bold: true }
              title: { fg: "#eeeeee bright-white", bold: true }
              border: line
              header: "#bcbcbc default"
              key: accent
              good: "#87d787 green"
              progressing: "#87d7ff cyan"
              warning: "#ffd75f yellow"
              critical: { fg: "#ff8787 bright-red", bold: true }
              danger: { fg: "#ffffff bright-white", bg: "#af0000 red", bold: true }
              link: { fg: accent, underline: true }
              number: "#d7afff magenta"
              string: "#afd7af green"
              keyword: accent
              comment: { fg: faint, italic: true }
              series0: "#5fafff bright-blue"
              series1: "#87d787 bright-green"
              series2: "#ffd75f bright-yellow"
              series3: "#d7afff bright-magenta"
              series4: "#5fd7d7 bright-cyan"
              series5: "#ffaf87 bright-red"
              series6: "#d7d787 green"
              series7: "#ffafd7 magenta"

            grounds:
              plain: { bg: default }
              selection: { fg: bright-white, bg: chosen }
              inactive-selection: { bg: raised }
              marked: { fg: "#ffff87 bright-yellow" }
              match: { bg: "#5f5f00 yellow", fg: "#ffffaf black" }
              current-match: { bg: "#ffd75f bright-yellow", fg: "#1c1c1c black", bold: true }
              bar: { bg: raised }
              danger-bar: { bg: "#af0000 red", fg: "#ffffff bright-white", bold: true }
              popup: { bg: "#262626 black" }

            """#
        ),
        (
            "light",
            #"""
            # Calm, for light backgrounds.
            name: light
            summary: calm, one accent, for light backgrounds

            colours:
              ink: default
              faint: "#6a737d bright-black"
              line: "#c3c9d1 bright-black"
              accent: "#0a5fc2 blue"
              raised: "#eaeef3 white"
              chosen: "#cfe3fb cyan"

            roles:
              text: ink
              muted: faint
              accent: { fg: accent, bold: true }
              title: { fg: "#0d1117 black", bold: true }
              border: line
              header: "#3d444d default"
              key: accent
              good: "#1a7f37 green"
              progressing: "#0a5fc2 blue"
              warning: "#8a5a00 magenta"
              critical: { fg: "#c0241c red", bold: true }
              danger: { fg: "#ffffff bright-white", bg: "#c0241c red", bold: true }
              link: { fg: accent, underline: true }
              number: "#7c3fb0 magenta"
              string: "#1a7f37 green"
              keyword: accent
              comment: { fg: faint, italic: true }
              series0: "#0a5fc2 blue"
              series1: "#1a7f37 green"
              series2: "#8a5a00 red"
              series3: "#7c3fb0 magenta"
              series4: "#0b7285 cyan"
              series5: "#b5471b red"
              series6: "#5b6b00 green"
              series7: "#a3256b magenta"

            grounds:
              plain: { bg: default }
              selection: { fg: "#0d1117 black", bg: chosen }
              inactive-selection: { bg: raised }
              marked: { fg: "#7a4b00 magenta", bold: true }
              match: { bg: "#fff1b8 yellow", fg: "#24292f black" }
              current-match: { bg: "#f0b429 bright-yellow", fg: "#24292f black", bold: true }
              bar: { bg: raised, fg: "#24292f black" }
              danger-bar: { bg: "#c0241c red", fg: "#ffffff bright-white", bold: true }
              popup: { bg: "#f5f7fa white", fg: "#24292f black" }

            """#
        ),
        (
            "high-contrast",
            #"""
            # Pure colours on black, nothing faint: for bright rooms, projectors and tired eyes.
            name: high-contrast
            summary: pure colours on black, nothing faint

            colours:
              paper: "#000000 black"
              ink: "#ffffff bright-white"
              accent: "#00e5ff bright-cyan"

            roles:
              text: ink
              muted: "#d0d0d0 white"
              accent: { fg: accent, bold: true }
              title: { fg: ink, bold: true, underline: true }
              border: ink
              header: { fg: ink, bold: true }
              key: { fg: accent, bold: true }
              good: { fg: "#00ff5f bright-green", bold: true }
              progressing: { fg: accent, bold: true }
              warning: { fg: "#ffff00 bright-yellow", bold: true }
              critical: { fg: "#ffffff bright-white", bg: "#d00000 red", bold: true }
              danger: { fg: "#ffffff bright-white", bg: "#d00000 red", bold: true }
              link: { fg: accent, underline: true }
              number: "#ffff87 bright-yellow"
              string: "#87ff87 bright-green"
              keyword: { fg: accent, bold: true }
              comment: "#d0d0d0 white"
              series0: "#00e5ff bright-cyan"
              series1: "#00ff5f bright-green"
              series2: "#ffff00 bright-yellow"
              series3: "#ff87ff bright-magenta"
              series4: "#ffffff bright-white"
              series5: "#ffaf5f yellow"
              series6: "#afd7ff bright-blue"
              series7: "#ffafaf bright-red"

            grounds:
              plain: { bg: paper }
              selection: { fg: "#000000 black", bg: "#ffffff bright-white", bold: true }
              inactive-selection: { fg: ink, bg: "#444444 bright-black" }
              marked: { fg: "#ffff00 bright-yellow", bold: true, underline: true }
              match: { fg: "#000000 black", bg: "#ffff00 yellow" }
              current-match: { fg: "#000000 black", bg: "#00e5ff bright-cyan", bold: true }
              bar: { fg: "#000000 black", bg: "#ffffff bright-white" }
              danger-bar: { fg: "#ffffff bright-white", bg: "#d00000 red", bold: true }
              popup: { bg: "#1c1c1c black" }

            """#
        ),
        (
            "colour-blind",
            #"""
            # For eyes that do not tell red from green (deuteranopia, protanopia): good is blue, bad is orange, and they differ in
            # brightness too. After the palette of Okabe and Ito.
            name: colour-blind
            summary: blue for good, orange for bad; safe for red-green blindness

            colours:
              ink: default
              faint: "#949aa6 bright-black"
              sky: "#56b4e9 bright-blue"
              orange: "#e69f00 yellow"
              vermilion: "#ff8a3d bright-yellow"
              lemon: "#f0e442 bright-yellow"

            roles:
              text: ink
              muted: faint
              accent: { fg: sky, bold: true }
              title: { fg: "#ffffff bright-white", bold: true }
              border: "#565d6b bright-black"
              header: "#c3c9d4 default"
              key: sky
              good: sky
              progressing: { fg: "#cfe8f7 bright-white", italic: true }
              warning: { fg: lemon, underline: true }
              critical: { fg: vermilion, bold: true }
              danger: { fg: "#000000 black", bg: "#e69f00 yellow", bold: true }
              link: { fg: sky, underline: true }
              number: "#cc9ac0 magenta"
              string: "#a8d8f0 cyan"
              keyword: sky
              comment: { fg: faint, italic: true }
              series0: "#56b4e9 bright-blue"
              series1: "#e69f00 yellow"
              series2: "#f0e442 bright-yellow"
              series3: "#cc79a7 bright-magenta"
              series4: "#ffffff bright-white"
              series5: "#4aa3a2 cyan"
              series6: "#b0b6c2 white"
              series7: "#8f7fe8 blue"

            grounds:
              plain: { bg: default }
              selection: { fg: "#ffffff bright-white", bg: "#1f4e79 blue" }
              inactive-selection: { bg: "#2a313e black" }
              marked: { fg: lemon, bold: true }
              match: { fg: "#000000 black", bg: "#f0e442 bright-yellow" }
              current-match: { fg: "#000000 black", bg: "#56b4e9 bright-cyan", bold: true, underline: true }
              bar: { bg: "#2a313e black" }
              danger-bar: { fg: "#000000 black", bg: "#e69f00 yellow", bold: true }
              popup: { bg: "#222834 black" }

            """#
        ),
        (
            "mono",
            #"""
            # No colours at all: bold, underline, reverse and dim tell everything. This is also what NO_COLOR gives.
            name: mono
            summary: no colours, only bold, underline and reverse

            roles:
              muted: { dim: true }
              accent: { bold: true }
              title: { bold: true }
              border: { dim: true }
              header: { bold: true }
              key: { bold: true }
              warning: { bold: true }
              critical: { bold: true, underline: true }
              danger: { bold: true, reverse: true }
              link: { underline: true }
              keyword: { bold: true }
              comment: { dim: true }
              # Log lines keep no colours of their own either.
              ansi0: default
              ansi1: { bold: true }
              ansi2: default
              ansi3: { bold: true }
              ansi4: default
              ansi5: default
              ansi6: default
              ansi7: default
              ansi8: { dim: true }
              ansi9: { bold: true }
              ansi10: default
              ansi11: { bold: true }
              ansi12: default
              ansi13: default
              ansi14: default
              ansi15: { bold: true }

            grounds:
              selection: { reverse: true }
              inactive-selection: { underline: true }
              marked: { bold: true, underline: true }
              match: { underline: true }
              current-match: { reverse: true, bold: true }
              bar: { reverse: true }
              danger-bar: { reverse: true, bold: true }

            """#
        ),
    ]
}
