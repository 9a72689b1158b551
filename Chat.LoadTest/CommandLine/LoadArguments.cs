using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Security.Cryptography;
using Chat.Client;
using Chat.Client.Programs;
using Chat.Protocol;

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
    private readonly Option<string?> connect, ca, durability;
    private readonly Option<bool> tls, json;
    private readonly Option<int> users, rooms, warmup, seconds, payload;
    private readonly Option<int?> workers;
    private readonly Option<double> rate;

    public LoadArguments(LoadTexts texts)
    {
        this.texts = texts;
        connect = new("--connect") { Description = texts.OptionConnect, HelpName = "HOST:PORT" };
        tls = new("--tls") { Description = texts.OptionTls };
        ca = new("--ca") { Description = texts.OptionCa, HelpName = "FILE" };
        users = Number("--users", texts.OptionUsers, 100, 1, 1_000_000);
        rooms = Number("--rooms", texts.OptionRooms, 5, 1, 1_000_000);
        workers = new("--workers") { Description = texts.OptionWorkers(Cores), HelpName = "N" };
        warmup = Number("--warmup", texts.OptionWarmup, DefaultWarmup, 0, 3_600);
        seconds = Number("--seconds", texts.OptionSeconds, 10, 1, 86_400);
        rate = Number("--rate", texts.OptionRate, 1.0, 0.0, 100_000.0);
        payload = Number("--payload", texts.OptionPayload, 64, 1, ProtocolLimits.TextScalars);
        durability = new("--durability") { Description = texts.OptionDurability, HelpName = string.Join('|', Durabilities) };
        json = new("--json") { Description = texts.OptionJson };
        connect.Validators.Add(r => Check(r, DaemonAddress.TryParse(r.GetValueOrDefault<string>() ?? "", out _), texts.BadAddress));
        durability.Validators.Add(r => Check(r, Durabilities.Contains(r.GetValueOrDefault<string?>()), texts.BadDurability));
        workers.Validators.Add(r =>
            Check(r, IsWithin(r, 1, MaxWorkers), given => texts.OutOfRange("--workers", given, 1, MaxWorkers)));
    }

    /// <summary>In the order of the help.</summary>
    public IReadOnlyList<Option> All =>
        [connect, tls, ca, users, rooms, workers, warmup, seconds, rate, payload, durability, json];

    /// <exception cref="LoadException">Options that do not go together, or a file that cannot be used.</exception>
    public LoadOptions Read(ParseResult line)
    {
        var address = DaemonAddress.TryParse(line.GetValue(connect) ?? "", out var parsed) ? parsed : null;
        if (address is not null && line.GetValue(durability) is not null)
            throw new LoadException(ExitStatus.WrongUsage, texts.DurabilityWithConnect);
        var authorities = line.GetValue(ca);
        var isTls = line.GetValue(tls) || authorities is not null;
        if (address is null && isTls) throw new LoadException(ExitStatus.WrongUsage, texts.TlsNeedsConnect);
        if (authorities is not null) ThrowIfUnusable(authorities);
        var count = line.GetValue(users);
        return new LoadOptions(
            address,
            isTls,
            authorities is null ? null : Path.GetFullPath(authorities),
            count,
            AtMost(count, "--rooms", line.GetValue(rooms), line.GetResult(rooms)!.Implicit),
            line.GetValue(workers) is { } given ? AtMost(count, "--workers", given, isDefault: false) : Math.Min(Cores, count),
            line.GetValue(warmup),
            line.GetValue(seconds),
            line.GetValue(rate),
            line.GetValue(payload),
            line.GetValue(durability) ?? "full",
            line.GetValue(json));
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

    /// <summary>A default shrinks to the number of users; a value that was given must not exceed it.</summary>
    private int AtMost(int count, string name, int value, bool isDefault)
    {
        if (value <= count) return value;
        return isDefault ? count : throw new LoadException(ExitStatus.WrongUsage, texts.MoreThanUsers(name, value, count));
    }

    private Option<T> Number<T>(string name, string description, T normal, T min, T max)
        where T : struct, IComparable<T>, IParsable<T>
    {
        var option = new Option<T>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => normal };
        option.Validators.Add(result =>
        {
            if (!result.Implicit) Check(result, IsWithin(result, min, max), given => texts.OutOfRange(name, given, min, max));
        });
        return option;
    }

    /// <summary>Reads the token itself: the result throws if its token is not a number.</summary>
    private static bool IsWithin<T>(OptionResult result, T min, T max) where T : struct, IComparable<T>, IParsable<T> =>
        result.Tokens is [var token]
        && T.TryParse(token.Value, CultureInfo.InvariantCulture, out var value)
        && value.CompareTo(min) >= 0
        && value.CompareTo(max) <= 0;

    private static void Check(OptionResult result, bool isValid, Func<string, string> error)
    {
        if (!isValid) result.AddError(error(result.Tokens is [var token, ..] ? token.Value : ""));
    }
}
