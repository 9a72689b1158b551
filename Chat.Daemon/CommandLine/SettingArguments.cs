using System.CommandLine;
using Chat.Daemon.Diagnostics;

namespace Chat.Daemon.CommandLine;

/// <summary>
/// The settings among the arguments: <c>--Chat:Section:Key=value</c> or <c>--Chat:Section:Key value</c>, anywhere on the command line. They
/// are removed before the rest is parsed, so settings need no declared options.
/// </summary>
/// <param name="Rest">The other arguments.</param>
internal sealed record SettingArguments(IReadOnlyList<string> Rest, IReadOnlyDictionary<string, string> Settings)
{
    private readonly HashSet<Command> accepting = [];

    /// <exception cref="StartupException">A key has no value.</exception>
    public static SettingArguments From(IReadOnlyList<string> arguments, ProgramTexts texts)
    {
        var rest = new List<string>();
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < arguments.Count; i++)
        {
            if (!IsSetting(arguments[i]))
            {
                rest.Add(arguments[i]);
                continue;
            }
            var parts = arguments[i][2..].Split('=', 2);
            if (parts.Length == 2)
                settings[parts[0]] = parts[1];
            else if (i + 1 < arguments.Count && !arguments[i + 1].StartsWith("--", StringComparison.Ordinal))
                settings[parts[0]] = arguments[++i];
            else
                throw new StartupException(ExitStatus.WrongUsage, texts.ValueMissing("--" + parts[0]));
        }
        return new SettingArguments(rest, settings);
    }

    /// <summary>Marks the command as one that accepts settings; any other command refuses them.</summary>
    public IReadOnlyDictionary<string, string> For(Command command)
    {
        accepting.Add(command);
        return Settings;
    }

    public bool AreAcceptedBy(Command command) => accepting.Contains(command);

    private static bool IsSetting(string argument) => argument.StartsWith("--Chat:", StringComparison.OrdinalIgnoreCase);
}
