using System.Text;

namespace Chat.Daemon.Configuration;

/// <summary>Writes docs/configuration.md.</summary>
internal static class SettingsDocument
{
    private const string Opening = """
        # Configuration

        The daemon runs without a settings file. It reads settings from these sources; later ones override earlier ones:

        1. the defaults below
        2. `/etc/chatd/chatd.json`
        3. `./chatd.json`, or the file given with `--config FILE`
        4. environment variables, with `__` for `:`, such as `Chat__Limits__MessagesPerSecond=20`
        5. the command line: `--Chat:Limits:MessagesPerSecond=20`, or the short forms `--listen`, `--http`, `--data`, `--plugins`

        The daemon refuses a key under `Chat` that is not listed here, and suggests the closest name. It also refuses a value
        out of range, and says what is allowed. In both cases it exits with status 2 and one sentence on standard error. Keys
        ignore case.

        A list is not merged: the last source that names it provides the whole list. In JSON, write an array; elsewhere, use
        an index (`Chat__Plugins__Folders__0=a`) or a single value.

        The file is JSON; `//` comments and trailing commas are allowed. `chatd config init` writes one with every setting,
        `chatd config show` prints each value and its source, and `chatd check` checks the files, folders and ports that the
        settings name.

        **Reload.** The daemon checks its files every second, including the certificate. Some changes take effect *at once*;
        the log names those that wait for the next *start*. If a changed file does not parse or has an invalid value, the
        daemon logs that and keeps the previous settings.

        **Log.** `server.log` in `Chat:Logging:Folder` has one JSON object per line: `time`, `level`, `logger`, `event`,
        `connection`, `session`, `message`, `exception`. It rolls over at 10 MB, and the daemon keeps ten older files.
        Standard error shows the same as plain text; standard output shows only the listening addresses. `nlog.config` beside
        the program decides what is logged where, at which level. A copy in the working directory replaces it, and changes
        take effect at once. Text from users is escaped, so it can never start a line. If the
        disk hangs, the daemon does not wait: the oldest of 10,000 waiting lines are dropped, and `LogLinesLost` counts them.

        **Secrets** (`config show` prints `***`) belong in a file that only the daemon's account can read, or in the
        environment. Every account on the machine can read a command line.


        """;

    public static string Write()
    {
        var document = new StringBuilder(Opening.ReplaceLineEndings("\n"));
        foreach (var section in SettingTree.Sections)
        {
            document.Append(section.Key.Length == 0 ? "## Chat\n" : $"## Chat:{section.Key}\n");
            document.Append("| setting | default | must be | takes effect | what for |\n|---|---|---|---|---|\n");
            foreach (var setting in section)
            {
                document.Append("| `").Append(setting.Title).Append("` | `").Append(Cell(setting.Default)).Append("` | ")
                    .Append(Cell(setting.RangeInWords)).Append(setting.Secret ? " (secret)" : "")
                    .Append(setting.TakesEffect is TakesEffect.AtStart ? " | start | " : " | at once | ")
                    .Append(Cell(setting.Reason)).Append(" |\n");
            }

            document.Append('\n');
        }
        return document.ToString().TrimEnd('\n') + "\n";
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
