using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Security.Cryptography;
using Chat.Client;
using Chat.Client.Programs;
using Chat.LoadTest.Workers;
using Chat.Protocol;

namespace Chat.LoadTest.CommandLine;

/// <summary>The command line: the load test itself, and the hidden sub-command that its worker processes are started with.</summary>
internal static class LoadProgram
{
    public const string WorkerCommand = "worker";

    /// <summary>Seconds in which both programs compile what they run.</summary>
    private const int UsualWarmup = 3;

    private static readonly string[] Durabilities = ["full", "normal", "none"];

    public static async Task<int> RunAsync(string[] arguments)
    {
        var texts = LoadTexts.OfEnvironment();
        var line = Tree(texts).Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        try
        {
            if (line.Errors.Count > 0) throw new LoadException(ExitStatus.WrongUsage, line.Errors[0].Message);
            return await line.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (LoadException e)
        {
            await Console.Error.WriteLineAsync(TextRules.Harmless(e.Message));
            return e.Status;
        }
    }

    private static RootCommand Tree(LoadTexts texts)
    {
        var cores = Environment.ProcessorCount;
        var connect = new Option<string?>("--connect") { Description = texts.OptionConnect, HelpName = "HOST:PORT" };
        var tls = new Option<bool>("--tls") { Description = texts.OptionTls };
        var authorities = new Option<string?>("--ca") { Description = texts.OptionCa, HelpName = "FILE" };
        var users = Number("--users", texts.OptionUsers, 100, 1, 1_000_000, texts);
        var rooms = Number("--rooms", texts.OptionRooms, 5, 1, 1_000_000, texts);
        var workers = new Option<int?>("--workers") { Description = texts.OptionWorkers(cores), HelpName = "N" };
        var warmup = Number("--warmup", texts.OptionWarmup, UsualWarmup, 0, 3_600, texts);
        var seconds = Number("--seconds", texts.OptionSeconds, 10, 1, 86_400, texts);
        var rate = Number("--rate", texts.OptionRate, 1.0, 0.0, 100_000.0, texts);
        var payload = Number("--payload", texts.OptionPayload, 64, 1, ProtocolLimits.TextScalars, texts);
        var durability = new Option<string?>("--durability") { Description = texts.OptionDurability, HelpName = string.Join('|', Durabilities) };
        var json = new Option<bool>("--json") { Description = texts.OptionJson };
        connect.Validators.Add(r => Check(r, DaemonAddress.TryParse(r.GetValueOrDefault<string>() ?? "", out _), texts.BadAddress));
        durability.Validators.Add(r => Check(r, r.GetValueOrDefault<string?>() is { } given && Durabilities.Contains(given), texts.BadDurability));
        workers.Validators.Add(r => Check(r, r.GetValueOrDefault<int?>() is >= 1 and <= 1024, given => texts.OutOfRange("--workers", given, 1, 1024)));
        var worker = new Command(WorkerCommand) { Hidden = true };
        worker.SetAction(async (_, cancellation) =>
        {
            using var run = WorkerRun.OfProcess();
            return await run.RunAsync(cancellation);
        });
        var root = new RootCommand(texts.Program) { connect, tls, authorities, users, rooms, workers, warmup, seconds, rate, payload, durability, json, worker };
        root.SetAction((line, _) =>
        {
            var address = DaemonAddress.TryParse(line.GetValue(connect) ?? "", out var parsed) ? parsed : null;
            if (address is not null && line.GetValue(durability) is not null) throw new LoadException(ExitStatus.WrongUsage, texts.DurabilityIsTheDaemons);
            var file = line.GetValue(authorities);
            var isTls = line.GetValue(tls) || file is not null;
            if (address is null && isTls) throw new LoadException(ExitStatus.WrongUsage, texts.TlsNeedsConnect);
            if (file is not null) ThrowIfNoAuthorities(file, texts);
            var count = line.GetValue(users);
            var inRooms = Within("--rooms", line.GetValue(rooms), count, line.GetResult(rooms)!, texts);
            var inWorkers = line.GetValue(workers) is { } given ? Within("--workers", given, count, line.GetResult(workers)!, texts) : Math.Min(cores, count);
            return new LoadRun(
                new LoadOptions(
                    address, isTls, file is null ? null : Path.GetFullPath(file), count, inRooms, inWorkers, line.GetValue(warmup), line.GetValue(seconds), line.GetValue(rate), line.GetValue(payload), line.GetValue(durability) ?? "full", line.GetValue(json)),
                texts, TimeProvider.System).RunAsync();
        });
        Describe(root, texts);
        return root;
    }

    /// <summary>Before a thousand users each find it out.</summary>
    private static void ThrowIfNoAuthorities(string file, LoadTexts texts)
    {
        try
        {
            CertificateTrust.FromFile(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new LoadException(ExitStatus.WrongUsage, texts.BadCa(file, e.Message));
        }
    }

    /// <summary>No more rooms or workers than users. What was not asked for adapts itself.</summary>
    private static int Within(string name, int value, int users, OptionResult given, LoadTexts texts) =>
        value <= users ? value : given.Implicit ? users : throw new LoadException(ExitStatus.WrongUsage, texts.MoreThanUsers(name, value, users));

    private static Option<T> Number<T>(string name, string description, T usual, T least, T most, LoadTexts texts) where T : struct, IComparable<T>
    {
        var option = new Option<T>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => usual };
        option.Validators.Add(r =>
        {
            if (!r.Implicit) Check(r, r.GetValueOrDefault<T>() is var value && value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0, given => texts.OutOfRange(name, given, least, most));
        });
        return option;
    }

    private static void Check(OptionResult result, bool isGood, Func<string, string> complaint)
    {
        if (!isGood) result.AddError(complaint(result.Tokens is [var token, ..] ? token.Value : ""));
    }

    private static void Describe(RootCommand root, LoadTexts texts)
    {
        foreach (var option in root.Options)
            if (option is HelpOption) option.Description = texts.OptionHelp;
            else if (option is VersionOption) option.Description = texts.OptionVersion;
    }
}
