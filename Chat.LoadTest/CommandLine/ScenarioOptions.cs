using System.CommandLine;
using System.CommandLine.Parsing;
using Chat.LoadTest.Scenarios;
using Chat.Protocol;

namespace Chat.LoadTest.CommandLine;

/// <summary>The options that describe one scenario, or name a file that describes several.</summary>
internal sealed class ScenarioOptions
{
    private static readonly string[] ArrivalKinds = [ScenarioSettings.Even, ScenarioSettings.Poisson];

    private readonly LoadTexts texts;
    private readonly Option<string> scenario;
    private readonly Option<int> users, rooms, seconds, payload, messages;
    private readonly Option<int?> senders, window;
    private readonly Option<double> rate, share, search, think, session;
    private readonly Option<double?> changes;
    private readonly Option<string?> stages, arrivals, command;

    public ScenarioOptions(LoadTexts texts)
    {
        this.texts = texts;
        var normal = new ScenarioSettings();
        scenario = new("--scenario") { Description = texts.OptionScenario, HelpName = "NAME|FILE", DefaultValueFactory = _ => normal.Kind };
        users = OptionChecks.Number("--users", texts.OptionUsers, normal.Users, (1, 1_000_000), texts);
        rooms = OptionChecks.Number("--rooms", texts.OptionRooms, normal.Rooms, (1, 1_000_000), texts);
        senders = OptionChecks.Optional("--senders", texts.OptionSenders, (1, 1_000_000), texts);
        seconds = OptionChecks.Number("--seconds", texts.OptionSeconds, 10, (1, 86_400), texts);
        rate = OptionChecks.Number("--rate", texts.OptionRate, 1.0, (0.0, 100_000.0), texts);
        stages = new("--stages") { Description = texts.OptionStages, HelpName = "S:RATE,S:FROM-TO,…" };
        arrivals = new("--arrivals") { Description = texts.OptionArrivals, HelpName = string.Join('|', ArrivalKinds) };
        window = OptionChecks.Optional("--window", texts.OptionWindow, (1, ProtocolLimits.RememberedIds), texts);
        payload = OptionChecks.Number("--payload", texts.OptionPayload, normal.Payload, (1, ProtocolLimits.TextScalars), texts);
        share = OptionChecks.Number("--share", texts.OptionShare, normal.Share, (0.0, 100.0), texts);
        changes = OptionChecks.Optional("--changes", texts.OptionChanges, (0.0, 100.0), texts);
        search = OptionChecks.Number("--search", texts.OptionSearch, normal.Search, (0.0, 100.0), texts);
        command = new("--command") { Description = texts.OptionCommand, HelpName = "NAME" };
        messages = OptionChecks.Number("--messages", texts.OptionMessages, normal.Messages, (1, 1_000_000), texts);
        think = OptionChecks.Number("--think", texts.OptionThink, normal.Think, (0.001, 3_600.0), texts);
        session = OptionChecks.Number("--session", texts.OptionSession, normal.Session, (0.1, 86_400.0), texts);
        arrivals.Validators.Add(r => OptionChecks.Check(r, ArrivalKinds.Contains(r.GetValueOrDefault<string?>()), texts.BadArrivals));
        stages.Validators.Add(r => OptionChecks.Check(r, StageText.TryParse(r.GetValueOrDefault<string?>() ?? "", out _), texts.BadStages));
    }

    /// <summary>In the order of the help.</summary>
    public IReadOnlyList<Option> All =>
    [
        scenario, users, rooms, senders, seconds, rate, stages, arrivals, window, payload, share, changes, search, command, messages, think,
        session,
    ];

    /// <summary>What <c>--scenario</c> says, if it names a file.</summary>
    public string? FileOf(ParseResult line)
    {
        var given = line.GetValue(scenario)!;
        return given.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || given.Contains('/') ? given : null;
    }

    /// <summary>An option that a scenario file makes pointless; null if none was given.</summary>
    public string? GivenBeside(ParseResult line) =>
        All.Skip(1).FirstOrDefault(option => line.GetResult(option) is { Implicit: false })?.Name;

    /// <exception cref="LoadException">Options that do not go together.</exception>
    public ScenarioSettings Read(ParseResult line)
    {
        var kind = line.GetValue(scenario)!;
        if (!ScenarioCatalogue.Kinds.Contains(kind))
            throw new LoadException(ExitStatus.WrongUsage, texts.BadScenario(kind, string.Join(", ", ScenarioCatalogue.Kinds)));
        var count = line.GetValue(users);
        var (closed, each) = (line.GetValue(window) ?? 0, line.GetValue(rate));
        if (each == 0 && closed == 0 && line.GetValue(stages) is null) closed = 1;
        var normal = new ScenarioSettings();
        return new()
        {
            Kind = kind,
            Users = count,
            Rooms = AtMost(count, "--rooms", line.GetValue(rooms), line.GetResult(rooms)!.Implicit),
            Senders = line.GetValue(senders) is { } given ? AtMost(count, "--senders", given, isDefault: false) : null,
            Stages = StageText.TryParse(line.GetValue(stages) ?? "", out var parsed) ? parsed : [new(line.GetValue(seconds), each)],
            Arrivals = line.GetValue(arrivals) ?? (kind == "day" ? ScenarioSettings.Poisson : ScenarioSettings.Even),
            Window = closed,
            Payload = line.GetValue(payload),
            Share = line.GetValue(share),
            Changes = line.GetValue(changes),
            Search = line.GetValue(search),
            Command = line.GetValue(command) ?? normal.Command,
            Messages = line.GetValue(messages),
            Think = line.GetValue(think),
            Session = line.GetValue(session),
        };
    }

    /// <summary>A default shrinks to the number of users; a value that was given must not exceed it.</summary>
    private int AtMost(int count, string name, int value, bool isDefault)
    {
        if (value <= count) return value;
        return isDefault ? count : throw new LoadException(ExitStatus.WrongUsage, texts.MoreThanUsers(name, value, count));
    }
}
