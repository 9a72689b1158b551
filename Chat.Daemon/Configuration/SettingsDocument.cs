using System.Text;

namespace Chat.Daemon.Configuration;

/// <summary>Writes docs/configuration.md.</summary>
internal static class SettingsDocument
{
    private const string Opening = """
        # Configuration

        No file is needed. Sources, weakest first; what a later one says overrules:

        1. the defaults below
        2. `/etc/chatd/chatd.json`
        3. `./chatd.json`, or the file named with `--config FILE`
        4. environment variables, `:` written as `__`: `Chat__Limits__MessagesPerSecond=20`
        5. the command line: `--Chat:Limits:MessagesPerSecond=20`, and `--listen`, `--http`, `--data`, `--plugins` for the most used

        A key under `Chat` that is not listed here is refused with the nearest known name, a value out of its range with what is allowed: exit status 2, one sentence on standard error. Keys do not depend on case.
        A list is given whole by the strongest source that names it: in JSON as an array, elsewhere by index (`Chat__Plugins__Folders__0=a`), or as a lone value.
        The file is JSON that may hold `//` comments and trailing commas. `chatd config init` writes one with every setting, `chatd config show` prints each value and where it came from, `chatd check` looks at what the settings name.

        **Reload.** Files are looked at once a second, the certificate's too. Changes that take effect *at once* do so without a restart; a file that does not parse, or holds something wrong, is refused with a line in the log and the old settings stay. Changes that wait for the next *start* are named in the log.

        **Log.** `server.log` in `Chat:Logging:Folder` holds one JSON object a line: `time`, `level`, `logger`, `event`, `connection`, `session`, `message`, `exception`; it rolls at 10 MB and ten older parts are kept. Standard error shows the same in plain words, standard output only where the daemon listens. What goes where at which level is in `nlog.config` beside the program; one in the working directory is used instead, and changes take effect at once. What users wrote is escaped: no value can begin a line.

        **Secrets** (`config show` prints `***`) belong into a file that only the daemon's account can read, or into the environment; on a command line every account of the machine can read them.


        """;

    public static string Write()
    {
        var document = new StringBuilder(Opening.ReplaceLineEndings("\n"));
        foreach (var section in SettingTree.Sections)
        {
            document.Append(section.Key.Length == 0 ? "## Chat\n" : $"## Chat:{section.Key}\n");
            document.Append("| setting | default | must be | takes effect | what for |\n|---|---|---|---|---|\n");
            foreach (var setting in section)
                document.Append("| `").Append(setting.Title).Append("` | `").Append(Cell(setting.Default)).Append("` | ").Append(Cell(setting.RangeInWords))
                    .Append(setting.Secret ? " (secret)" : "").Append(setting.Takes is Takes.AtStart ? " | start | " : " | at once | ")
                    .Append(Cell(setting.Reason)).Append(" |\n");
            document.Append('\n');
        }
        return document.ToString().TrimEnd('\n') + "\n";
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
