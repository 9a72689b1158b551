using System.CommandLine;
using System.CommandLine.Parsing;
using System.Security.Cryptography;
using Chat.Client;
using Chat.Client.Programs;
using Chat.LoadTest.Coordination;
using Chat.LoadTest.Scenarios;
using Chat.LoadTest.Thresholds;
using Chat.LoadTest.Wire;

namespace Chat.LoadTest.CommandLine;

/// <summary>The command line's options, and how they become <see cref="LoadOptions"/>.</summary>
internal sealed class LoadArguments
{
    /// <summary>Seconds. Both programs compile most of what they run in that time.</summary>
    private const int DefaultWarmup = 3;
    private const int MaxWorkers = 1024;

    private static readonly string[] Durabilities = ["full", "normal", "none"];
    private static readonly int Cores = Environment.ProcessorCount;

    private readonly LoadTexts texts;
    private readonly ScenarioOptions scenario;
    private readonly Option<string[]> connect, failIf;
    private readonly Option<string?> ca, durability, protocol, report;
    private readonly Option<bool> tls, json, findCapacity;
    private readonly Option<int> warmup;
    private readonly Option<int?> workers;
    private readonly Option<long?> seed;

    public LoadArguments(LoadTexts texts)
    {
        this.texts = texts;
        scenario = new(texts);
        connect = new("--connect") { Description = texts.OptionConnect, HelpName = "HOST:PORT" };
        tls = new("--tls") { Description = texts.OptionTls };
        ca = new("--ca") { Description = texts.OptionCa, HelpName = "FILE" };
        protocol = new("--protocol") { Description = texts.OptionProtocol, HelpName = string.Join('|', WireProtocol.Names) };
        workers = OptionChecks.Optional("--workers", texts.OptionWorkers(Cores), (1, MaxWorkers), texts);
        warmup = OptionChecks.Number("--warmup", texts.OptionWarmup, DefaultWarmup, (0, 3_600), texts);
        seed = OptionChecks.Optional("--seed", texts.OptionSeed, (0L, long.MaxValue), texts);
        durability = new("--durability") { Description = texts.OptionDurability, HelpName = string.Join('|', Durabilities) };
        failIf = new("--fail-if") { Description = texts.OptionFailIf, HelpName = "FIGURE>LIMIT", AllowMultipleArgumentsPerToken = true };
        findCapacity = new("--find-capacity") { Description = texts.OptionFindCapacity };
        report = new("--report") { Description = texts.OptionReport, HelpName = "DIR" };
        json = new("--json") { Description = texts.OptionJson };
        connect.Validators.Add(CheckAddresses);
        failIf.Validators.Add(CheckThresholds);
        durability.Validators.Add(r => OptionChecks.Check(r, Durabilities.Contains(r.GetValueOrDefault<string?>()), texts.BadDurability));
        protocol.Validators.Add(r => OptionChecks.Check(r, WireProtocol.Names.Contains(r.GetValueOrDefault<string?>()), texts.BadProtocol));
    }

    /// <summary>In the order of the help.</summary>
    public IReadOnlyList<Option> All =>
        [connect, tls, ca, protocol, .. scenario.All, workers, warmup, seed, durability, failIf, findCapacity, report, json];

    /// <exception cref="LoadException">Options that do not go together, or a file that cannot be used.</exception>
    public LoadOptions Read(ParseResult line)
    {
        var file = scenario.FileOf(line) is { } path ? ScenarioFile.Read(path, texts) : null;
        if (file is not null && scenario.GivenBeside(line) is { } beside)
            throw new LoadException(ExitStatus.WrongUsage, texts.BesideScenarioFile(beside));
        var options = new LoadOptions
        {
            Connect = [.. (line.GetValue(connect) ?? []).Select(Address)],
            Tls = ReadTls(line),
            Protocol = line.GetValue(protocol) ?? "chat",
            Warmup = file?.Warmup is { } own && line.GetResult(warmup)!.Implicit ? own : line.GetValue(warmup),
            Seed = line.GetValue(seed) ?? file?.Seed ?? RandomNumberGenerator.GetInt32(1, int.MaxValue),
            Durability = line.GetValue(durability) ?? "full",
            Scenarios = file?.Scenarios ?? [scenario.Read(line)],
            FailIf = [.. (file?.FailIf ?? []).Concat(line.GetValue(failIf) ?? []).Select(Parsed)],
            FindCapacity = line.GetValue(findCapacity),
            Json = line.GetValue(json),
            Report = line.GetValue(report),
        };
        ThrowIfUnfit(options, line);
        var users = options.Users;
        if (line.GetValue(workers) is { } given && given > users)
            throw new LoadException(ExitStatus.WrongUsage, texts.MoreThanUsers("--workers", given, users));
        return options with { Workers = line.GetValue(workers) ?? Math.Min(Cores, users) };
    }

    /// <exception cref="LoadException">The system does not let a worker of this machine have so many connections.</exception>
    public void ThrowIfTooManyFiles(LoadOptions options)
    {
        var atOnce = options.Scenarios.Select(ScenarioCatalogue.Create).Where(one => one.EntersFirst).Sum(one => one.Settings.Users);
        var each = (atOnce + options.Workers - 1) / options.Workers;
        if (OpenFiles.Most() is { } most && each + OpenFiles.Besides > most)
            throw new LoadException(ExitStatus.WrongUsage, texts.TooManyFiles(each, most));
    }

    private void ThrowIfUnfit(LoadOptions options, ParseResult line)
    {
        string? error = null;
        if (options.Connect.Count > 0 && line.GetValue(durability) is not null) error = texts.DurabilityWithConnect;
        else if (options.Connect.Count == 0 && options.Tls.On) error = texts.TlsNeedsConnect;
        else if (options.Connect.Count == 0 && !WireProtocol.IsChat(options.Protocol)) error = texts.ProtocolNeedsConnect;
        else if (options.FindCapacity && options.FailIf.Count == 0) error = texts.CapacityNeedsThreshold;
        else if (options.FindCapacity && options.Scenarios.Any(one => one.Window > 0)) error = texts.CapacityNeedsOpenModel;
        else if (options.FailIf.FirstOrDefault(threshold => IsOfNoScenario(threshold, options)) is { } stray)
            error = texts.BadThresholdScenario(stray.Expression);
        else if (!WireProtocol.IsChat(options.Protocol) && options.Scenarios.FirstOrDefault(NeedsChat) is { } unfit)
            error = texts.ScenarioNeedsChat(unfit.Kind, options.Protocol);
        if (error is not null) throw new LoadException(ExitStatus.WrongUsage, error);
    }

    private static bool IsOfNoScenario(Threshold threshold, LoadOptions options) =>
        threshold.Scenario is { } name && options.Scenarios.All(one => one.Label != name);

    /// <summary>A closed model needs the echo, which IRC lacks.</summary>
    private static bool NeedsChat(ScenarioSettings settings) =>
        ScenarioCatalogue.Create(settings).NeedsChat || settings.Kind == "pairs" || settings.Window > 0;

    private TlsSettings ReadTls(ParseResult line)
    {
        var authorities = line.GetValue(ca);
        if (authorities is not null) ThrowIfUnusable(authorities);
        return new(line.GetValue(tls) || authorities is not null, authorities is null ? null : Path.GetFullPath(authorities));
    }

    /// <summary>One error now instead of one from every user.</summary>
    private void ThrowIfUnusable(string authorities)
    {
        try
        {
            CertificateTrust.FromFile(authorities);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new LoadException(ExitStatus.WrongUsage, texts.BadCa(authorities, e.Message));
        }
    }

    private void CheckAddresses(OptionResult result)
    {
        if (result.Tokens.Select(token => token.Value).FirstOrDefault(text => !DaemonAddress.TryParse(text, out _)) is { } bad)
            result.AddError(texts.BadAddress(bad));
    }

    private void CheckThresholds(OptionResult result)
    {
        if (result.Tokens.Select(token => token.Value).FirstOrDefault(text => !Threshold.TryParse(text, out _)) is { } bad)
            result.AddError(texts.BadThreshold(bad, string.Join(", ", FigureTable.Names)));
    }

    private static DaemonAddress Address(string text) => DaemonAddress.TryParse(text, out var address) ? address : DaemonAddress.Default;

    private Threshold Parsed(string text) => Threshold.TryParse(text, out var threshold)
        ? threshold
        : throw new LoadException(ExitStatus.WrongUsage, texts.BadThreshold(text, string.Join(", ", FigureTable.Names)));
}
