using System.Globalization;
using Chat.Daemon.Configuration;
using Chat.Protocol;

namespace Chat.Daemon.Commands;

/// <summary>What commands say to people, in one language.</summary>
internal sealed class CommandTexts : Texts
{
    private const int LongestQuote = 60;

    /// <summary>In the place of what is secret.</summary>
    private const string Masked = "•••";

    private static readonly CommandTexts Portuguese = new("pt-BR"), English = new("en");

    private CommandTexts(string language) : base(language)
    {
    }

    public string Cancelled => Text();
    public string HelpHeading => Text();
    public string HelpNone => Text();
    public string HelpMore => Text();
    public string Parameters => Text();
    public string Examples => Text();
    public string OtherNames => Text();
    public string Default => Text();

    /// <summary>English for those who chose it, Portuguese for all others.</summary>
    public static CommandTexts In(string language) => language == English.Language ? English : Portuguese;

    public string Forbidden(string command) => Text([command]);
    public string OnlyInRoom(string command) => Text([command]);
    public string OnlyInDirect(string command) => Text([command]);
    public string RateLimited(string command, double seconds) => Text([command, seconds]);
    public string Confirm(string command, double seconds) => Text([command, seconds]);
    public string Timeout(string command) => Text([command]);
    public string Failed(string reference) => Text([reference]);

    public string StageCheck => Text();
    public string StageConfirm => Text();
    public string StageAudit => Text();
    public string WouldRun => Text();
    public string WouldNotRun => Text();
    public string Explained(string usage, string plugin) => Text([usage, plugin]);
    public string StagePermission(string permission, Role lowest, Role own) => Text([permission, RoleWord(lowest), RoleWord(own)]);
    public string StagePlace(Where where) => Text("StagePlace." + where);
    public string StageRate(CommandRate? rate) => rate is null ? Text("StageRate.None") : Text([rate.Count, DurationText.Format(rate.Per)]);
    public string StageDeadline(TimeSpan deadline) => Text([deadline.TotalSeconds]);

    /// <param name="value">As the line gave it; untrusted.</param>
    public string StageArgument(ParameterDescriptor parameter, string value, bool isGiven) =>
        Text([Shown(parameter), parameter.Secret && isGiven ? Masked : value.Length == 0 ? "—" : Quote(value), TypeWord(parameter)], isGiven ? "StageArgument" : "StageArgument.Default");

    public string RoleWord(Role role) => Text("Role." + role);

    /// <summary>What may stand there, as one word for a person: <c>duração</c>.</summary>
    public string TypeWord(ParameterType type) => Has("Type." + type.Name) ? Text("Type." + type.Name) : type.Name;

    /// <summary>The same of one parameter: what its author says of it where the type is the author's own, whose word means nothing to a caller.</summary>
    public string TypeWord(ParameterDescriptor parameter) =>
        parameter.Summary.IsEmpty || Has("Type." + parameter.Type.Name) ? TypeWord(parameter.Type) : parameter.Summary.In(Language);

    public string NoSuchCommand(string typed, string? meant) =>
        meant is null ? Text([Quote(typed)]) : Text([Quote(typed), meant], "NoSuchCommandMeant");

    /// <summary>Names the mistake, and what could stand there.</summary>
    public string Of(ArgumentError error)
    {
        var parameter = error.Parameter is { } p ? Shown(p) : "";
        var type = error.Parameter is { } t ? TypeWord(t) : "";
        var given = error.Parameter is { Secret: true } ? Masked : Quote(error.Given);
        var text = Text([given, parameter, type, LimitsOf(error.Parameter)], "Problem." + error.Problem);
        if (NearestName.Guess(error.Given, error.Expected.Select(e => e.Name)) is { } meant) return text + " " + Text([meant], "Meant");
        return error.Expected.Count == 0 ? text : text + " " + Text([string.Join(", ", Shown(error.Expected))], "Expected");
    }

    public string Usage(CatalogueEntry entry) => Text([UsageText.Of(entry, this)]);

    /// <summary>Those of the language and those of none; all of them where that leaves nothing.</summary>
    public IReadOnlyList<string> Shown(IReadOnlyList<LocalizedName> names)
    {
        string[] own = [.. names.Where(n => n.Language is null || n.Language == Language).Select(n => n.Name)];
        return own.Length > 0 ? own : [.. names.Select(n => n.Name)];
    }

    private string Shown(ParameterDescriptor parameter) => (LineBinder.IsNamed(parameter) ? "--" : "") + parameter.NameIn(Language);

    private static string LimitsOf(ParameterDescriptor? parameter)
    {
        if (parameter is null) return "";
        var isDuration = parameter.Type == ParameterType.Duration;
        var (least, most) = (Bound(parameter.Min ?? parameter.MinLength, isDuration), Bound(parameter.Max ?? parameter.MaxLength, isDuration));
        return (least, most) switch { ("", _) => "≤ " + most, (_, "") => "≥ " + least, _ => $"{least} – {most}" };
    }

    private static string Bound(double? bound, bool isDuration) => bound is not { } number ? ""
        : isDuration ? DurationText.Format(TimeSpan.FromSeconds(number))
        : number.ToString(CultureInfo.InvariantCulture);

    private static string Quote(string given)
    {
        var harmless = TextRules.Harmless(given).Replace('\n', ' ').Replace('\t', ' ');
        var length = harmless.Length <= LongestQuote ? harmless.Length : char.IsHighSurrogate(harmless[LongestQuote - 1]) ? LongestQuote - 1 : LongestQuote;
        return length == harmless.Length ? harmless : harmless[..length] + "…";
    }

    private bool Has(string key) => Keys.Contains(key);
}
