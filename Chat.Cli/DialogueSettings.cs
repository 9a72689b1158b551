using Chat.Cli.Terminal;

namespace Chat.Cli;

/// <summary>What <c>/set</c> changes while the client runs. Thread-safe.</summary>
internal sealed class DialogueSettings
{
    private volatile bool showsNumbers = true, showsJoins = true;
    private volatile NotifyBy notify = NotifyBy.Bell;

    /// <summary>Whether each message shows its number.</summary>
    public bool ShowsNumbers
    {
        get => showsNumbers;
        set => showsNumbers = value;
    }

    /// <summary>Whether to show who joins and leaves.</summary>
    public bool ShowsJoins
    {
        get => showsJoins;
        set => showsJoins = value;
    }

    public NotifyBy Notify
    {
        get => notify;
        set => notify = value;
    }

    /// <summary>Names and present values, for <c>/set</c>.</summary>
    public IEnumerable<(string Name, string Value)> All =>
    [
        ("numbers", OnOff(ShowsNumbers)), ("joins", OnOff(ShowsJoins)), ("notify", Notify.ToString().ToLowerInvariant()),
    ];

    /// <summary>False if there is no such setting or value.</summary>
    public bool TrySet(string name, string value)
    {
        var isOn = value == "on";
        switch (name)
        {
            case "numbers" when isOn || value == "off": ShowsNumbers = isOn; return true;
            case "joins" when isOn || value == "off": ShowsJoins = isOn; return true;
            case "notify" when Enum.TryParse<NotifyBy>(value, ignoreCase: true, out var by) && Enum.GetName(by) is { } given
                && value.Equals(given, StringComparison.OrdinalIgnoreCase): // no number, and no list
                Notify = by;
                return true;
            default: return false;
        }
    }

    private static string OnOff(bool value) => value ? "on" : "off";
}
