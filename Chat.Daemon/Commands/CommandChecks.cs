using Chat.Daemon.Configuration;
using Chat.Protocol;

namespace Chat.Daemon.Commands;

/// <summary>
/// The stages without side effects. The pipeline stops at the first refusal, the explainer runs them all. Null lets the invocation pass.
/// </summary>
internal static class CommandChecks
{
    public static Refusal? Permission(Invocation run) =>
        run.Snapshot.MayRun(run.Call.Caller, run.Entry!, run.Call.Room) ? null : Of(RefusalCode.Forbidden, run.Texts.Forbidden(run.Shown));

    public static Refusal? Place(Invocation run) => run.Descriptor.Policy.Where switch
    {
        Where.Room when run.Call.Room is null => Of(RefusalCode.Forbidden, run.Texts.OnlyInRoom(run.Shown)),
        Where.Direct when run.Call.Peer is null => Of(RefusalCode.Forbidden, run.Texts.OnlyInDirect(run.Shown)),
        _ => null,
    };

    /// <param name="wait">Time until the caller may run it again; null: now.</param>
    public static Refusal? Rate(Invocation run, TimeSpan? wait) =>
        wait is { } time ? Of(RefusalCode.RateLimited, run.Texts.RateLimited(run.Shown, Math.Ceiling(time.TotalSeconds)), time) : null;

    /// <summary>Ranges, lengths and ranks of the converted values.</summary>
    public static Refusal? Parameters(Invocation run) =>
        ParameterCheck.Check(run.Descriptor.Parameters, run.Values!, run.Bound!, run.Call.Caller) is { } error ? Arguments(run, error) : null;

    public static Refusal Arguments(Invocation run, ArgumentError error)
    {
        var code = error.Problem switch
        {
            ArgumentProblem.NoSuchUser => RefusalCode.NoSuchUser,
            ArgumentProblem.NoSuchRoom => RefusalCode.NoSuchRoom,
            ArgumentProblem.NotOutranked => RefusalCode.Forbidden,
            _ => RefusalCode.BadArguments,
        };
        return Of(code, run.Texts.Of(error) + " " + run.Texts.Usage(run.Entry!));
    }

    /// <param name="end">The index where the line's first word ends.</param>
    public static Refusal NoSuchCommand(Invocation run, CommandSnapshot snapshot, int end)
    {
        var typed = run.Call.Input is CommandInput.Line line
            ? line.Text[..end].TrimStart('/')
            : ((CommandInput.Frame)run.Call.Input).Name;
        var names = snapshot.ListedFor(run.Call.Caller, run.Call.Room)
            .SelectMany(e => e.Descriptor.Aliases.Select(a => a.Name).Prepend(e.NameIn(run.Call.Language)));
        return Of(RefusalCode.NoSuchCommand, run.Texts.NoSuchCommand(typed, NearestName.Guess(typed, names)));
    }

    private static Refusal Of(string code, string text, TimeSpan? retryAfter = null) => new(code, RetryAfter: retryAfter, Detail: text);
}
