using System.Globalization;
using Chat.Daemon.Configuration;
using Chat.Protocol;

namespace Chat.Daemon.Commands;

/// <summary>The texts of commands in one language.</summary>
internal sealed class CommandTexts : Texts
{
    private const int LongestQuote = 60;

    /// <summary>Shown instead of a secret value.</summary>
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

    /// <summary>English for <c>en</c>, Portuguese for any other language.</summary>
    public static CommandTexts In(string language) => language == English.Language ? English : Portuguese;

    public string Forbidden(string command) => Text([command]);
    public string OnlyInRoom(string command) => Text([command]);
    public string OnlyInDirect(string command) => Text([command]);
    public string RateLimited(string command, double seconds) => Text([command, seconds]);
    public string Confirm(string command, double seconds) => Text([command, seconds]);
    public string Busy(string command) => Text([command]);
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

    /// <param name="value">As given in the line; untrusted.</param>
    public string StageArgument(ParameterDescriptor parameter, string value, bool isGiven) =>
        Text(
            [Shown(parameter), parameter.Secret && isGiven ? Masked : value.Length == 0 ? "—" : Quote(value), TypeWord(parameter)],
            isGiven ? "StageArgument" : "StageArgument.Default");

    public string RoleWord(Role role) => Text("Role." + role);

    /// <summary>The type in words for people: <c>duração</c>.</summary>
    public string TypeWord(ParameterType type) => Has("Type." + type.Name) ? Text("Type." + type.Name) : type.Name;

    /// <summary>The parameter's type; for a plugin's own type, whose name means nothing to a caller, the parameter's summary.</summary>
    public string TypeWord(ParameterDescriptor parameter) =>
        parameter.Summary.IsEmpty || Has("Type." + parameter.Type.Name) ? TypeWord(parameter.Type) : parameter.Summary.In(Language);

    /// <param name="typed">The group's name; untrusted.</param>
    public string Group(string typed) => Text([Quote(typed)]);

    public string NoSuchCommand(string typed, string? meant) =>
        meant is null ? Text([Quote(typed)]) : Text([Quote(typed), meant], "NoSuchCommandMeant");

    /// <summary>Says what is wrong, and what to write instead.</summary>
    public string Of(ArgumentError error)
    {
        var parameter = error.Parameter is { } p ? Shown(p) : "";
        var type = error.Parameter is { } t ? TypeWord(t) : "";
        var given = error.Parameter is { Secret: true } ? Masked : Quote(error.Given);
        var limits = error.Parameter is { } limited ? LimitsOf(error.Problem, limited) : "";
        var text = Text([given, parameter, type, limits], "Problem." + error.Problem);
        if (NearestName.Guess(error.Given, error.Expected.Select(e => e.Name)) is { } meant) return text + " " + Text([meant], "Meant");
        return error.Expected.Count == 0 ? text : text + " " + Text([string.Join(", ", Shown(error.Expected))], "Expected");
    }

    public string Usage(CatalogueEntry entry) => Text([UsageText.Of(entry, this)]);

    /// <summary>The names in this language or in none; all of them if there are no such names.</summary>
    public IReadOnlyList<string> Shown(IReadOnlyList<LocalizedName> names)
    {
        string[] own = [.. names.Where(n => n.Language is null || n.Language == Language).Select(n => n.Name)];
        return own.Length > 0 ? own : [.. names.Select(n => n.Name)];
    }

    private string Shown(ParameterDescriptor parameter) => (LineBinder.IsNamed(parameter) ? "--" : "") + parameter.NameIn(Language);

    /// <summary>The parameter's limits as a phrase: <c>from 1s to 49d</c>, <c>at most 10 characters</c>.</summary>
    private string LimitsOf(ArgumentProblem problem, ParameterDescriptor parameter)
    {
        var isLength = problem is ArgumentProblem.TooShort or ArgumentProblem.TooLong;
        var isDuration = !isLength && parameter.Type == ParameterType.Duration;
        var least = Bound(isLength ? parameter.MinLength : parameter.Min, isDuration);
        var most = Bound(isLength ? parameter.MaxLength : parameter.Max, isDuration);
        var plural = (most == "" ? least : most) == "1" ? "" : "s";
        var unit = isLength ? Text((parameter.Kind is ParameterKind.Variadic ? "Count.Value" : "Count.Character") + plural) : "";
        var shape = (isLength ? "Count." : "Limits.") + (least == "" ? "AtMost" : most == "" ? "AtLeast" : "Between");
        return Text([least == "" ? most : least, most, unit], shape);
    }

    private static string Bound(double? bound, bool isDuration) => bound is not { } number ? ""
        : isDuration ? DurationText.Format(TimeSpan.FromSeconds(number))
        : number.ToString(CultureInfo.InvariantCulture);

    private static string Quote(string given)
    {
        var harmless = TextRules.Harmless(given).Replace('\n', ' ').Replace('\t', ' ');
        if (harmless.Length <= LongestQuote) return harmless;
        return harmless[..(char.IsHighSurrogate(harmless[LongestQuote - 1]) ? LongestQuote - 1 : LongestQuote)] + "…";
    }

    private bool Has(string key) => Keys.Contains(key);
}
