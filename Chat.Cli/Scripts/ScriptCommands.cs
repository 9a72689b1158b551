using System.CommandLine;
using System.CommandLine.Parsing;
using Chat.Client;
using Chat.Client.Programs;
using Chat.Protocol;

namespace Chat.Cli.Scripts;

/// <summary>The sub-commands for scripts.</summary>
internal static class ScriptCommands
{
    public static IEnumerable<Command> All(ConnectionSwitches switches, CliTexts texts, Locale locale) =>
    [
        Send(switches, texts, locale), Tail(switches, texts, locale), History(switches, texts, locale), Run(switches, texts, locale),
        Completion(texts),
    ];

    private static Command Send(ConnectionSwitches switches, CliTexts texts, Locale locale)
    {
        var place = Place(texts);
        var text = new Argument<string[]>("TEXT") { Description = texts.ArgumentText, Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("send", texts.CommandSend) { place, text };
        command.SetAction((line, ct) => RunAsync(switches, texts, locale, line, line.GetValue(place)!, (session, to, token) =>
            SendScript.RunAsync(session, to, line.GetValue(text) is { Length: > 0 } words ? string.Join(' ', words) : null, token), ct));
        return command;
    }

    private static Command Tail(ConnectionSwitches switches, CliTexts texts, Locale locale)
    {
        var place = Place(texts);
        var since = new Option<string?>("--since") { Description = texts.OptionSince, HelpName = "TIME" };
        since.Validators.Add(r => ConnectionSwitches.Check(
            r, r.GetValueOrDefault<string?>() is not { } given || TimeOf(given) is not null, texts.BadTime));
        var command = new Command("tail", texts.CommandTail) { place, since };
        command.SetAction((line, ct) => RunAsync(switches, texts, locale, line, line.GetValue(place)!, (session, of, token) =>
            new TailScript(session, of).RunAsync(line.GetValue(since) is { } given ? TimeOf(given) : null, token), ct));
        return command;
    }

    private static Command History(ConnectionSwitches switches, CliTexts texts, Locale locale)
    {
        var place = Place(texts);
        var limit = new Option<int>("--limit") { Description = texts.OptionLimit, HelpName = "N", DefaultValueFactory = _ => 50 };
        limit.Validators.Add(r => ConnectionSwitches.Check(r, r.GetValueOrDefault<int>() is >= 1 and <= 100_000, texts.BadLimit));
        var before = new Option<long?>("--before") { Description = texts.OptionBefore, HelpName = "SEQ" };
        var command = new Command("history", texts.CommandHistory) { place, limit, before };
        command.SetAction((line, ct) => RunAsync(switches, texts, locale, line, line.GetValue(place)!, (session, of, token) =>
            HistoryScript.RunAsync(session, of, line.GetValue(limit), line.GetValue(before), token), ct));
        return command;
    }

    private static Command Run(ConnectionSwitches switches, CliTexts texts, Locale locale)
    {
        var command = new Argument<string?>("COMMAND") { Description = texts.ArgumentCommand, Arity = ArgumentArity.ZeroOrOne };
        var room = new Option<string?>("--room") { Description = texts.OptionRunRoom, HelpName = "ROOM" };
        room.Validators.Add(r => ConnectionSwitches.Check(r, RoomName.TryParse(r.GetValueOrDefault<string?>(), out _), texts.BadName));
        var run = new Command("run", texts.CommandRun) { command, room };
        run.SetAction(async (line, ct) =>
        {
            var options = switches.Read(line, locale, line.GetValue(room) is { } name ? [name] : null);
            if (options is null) return ExitStatus.WrongUsage;
            return await ScriptRun.RunAsync(options, texts, locale,
                (session, token) => CommandScript.RunAsync(session, line.GetValue(command), token), ct);
        });
        return run;
    }

    private static Command Completion(CliTexts texts)
    {
        var shell = new Argument<string>("SHELL") { Description = string.Join(", ", ShellCompletion.Shells) };
        shell.AcceptOnlyFromAmong([.. ShellCompletion.Shells]);
        var command = new Command("completion", texts.CommandCompletion) { shell };
        command.SetAction(line => Console.Out.WriteLine(ShellCompletion.Script(line.GetValue(shell)!)));
        return command;
    }

    private static async Task<int> RunAsync(ConnectionSwitches switches, CliTexts texts, Locale locale, ParseResult line, string name,
        Func<ScriptSession, Conversation, CancellationToken, Task<int>> work, CancellationToken ct)
    {
        var place = ConversationName.Parse(name);
        if (switches.Read(line, locale, place.IsDirect ? [] : [place.Name]) is not { } options) return ExitStatus.WrongUsage;
        return await ScriptRun.RunAsync(options, texts, locale, (session, token) => work(session, place, token), ct);
    }

    private static Argument<string> Place(CliTexts texts)
    {
        var place = new Argument<string>("ROOM") { Description = texts.ArgumentRoom };
        place.Validators.Add(result =>
        {
            if (result.Tokens is [var token, ..] && !ConversationName.IsValid(token.Value))
                result.AddError(texts.BadName(TextRules.Harmless(token.Value)));
        });
        return place;
    }

    private static DateTimeOffset? TimeOf(string text) =>
        PointInTime.TryParse(text, TimeProvider.System.GetUtcNow(), out var time) ? time : null;
}
