using Chat.Protocol;

namespace Chat.Daemon.Commands;

/// <summary>The stages that only look: the pipeline asks them in its order, and whoever explains a line asks them all. Null lets it pass.</summary>
internal static class CommandChecks
{
    public static CommandOutcome.Refusal? Permission(Invocation run) =>
        run.Snapshot.MayRun(run.Call.Caller, run.Entry!, run.Call.Room) ? null : new(RefusalCode.Forbidden, run.Texts.Forbidden(run.Shown));

    public static CommandOutcome.Refusal? Place(Invocation run) => run.Descriptor.Policy.Where switch
    {
        Where.Room when run.Call.Room is null => new(RefusalCode.Forbidden, run.Texts.OnlyInRoom(run.Shown)),
        Where.Direct when run.Call.Peer is null => new(RefusalCode.Forbidden, run.Texts.OnlyInDirect(run.Shown)),
        _ => null,
    };

    /// <param name="wait">How long until it may run again; null: now.</param>
    public static CommandOutcome.Refusal? Rate(Invocation run, TimeSpan? wait) =>
        wait is { } time ? new(RefusalCode.RateLimited, run.Texts.RateLimited(run.Shown, Math.Ceiling(time.TotalSeconds)), time) : null;

    /// <summary>Range, length and rank of values that have been converted.</summary>
    public static CommandOutcome.Refusal? Parameters(Invocation run) =>
        ParameterCheck.Check(run.Descriptor.Parameters, run.Values!, run.Bound!, run.Call.Caller) is { } error ? Arguments(run, error) : null;

    public static CommandOutcome.Refusal Arguments(Invocation run, ArgumentError error)
    {
        var code = error.Problem switch
        {
            ArgumentProblem.NoSuchUser => RefusalCode.NoSuchUser,
            ArgumentProblem.NoSuchRoom => RefusalCode.NoSuchRoom,
            ArgumentProblem.NotOutranked => RefusalCode.Forbidden,
            _ => RefusalCode.BadArguments,
        };
        return new(code, run.Texts.Of(error) + " " + run.Texts.Usage(run.Entry!), Error: error);
    }

    /// <param name="end">Where the line's first word ends.</param>
    public static CommandOutcome.Refusal NoSuchCommand(Invocation run, CommandSnapshot snapshot, int end)
    {
        var typed = run.Call.Input is CommandInput.Line line ? line.Text[..end].TrimStart('/') : ((CommandInput.Frame)run.Call.Input).Name;
        var names = snapshot.ListedFor(run.Call.Caller, run.Call.Room).SelectMany(e => e.Descriptor.Aliases.Select(a => a.Name).Prepend(e.NameIn(run.Call.Language)));
        return new(RefusalCode.NoSuchCommand, run.Texts.NoSuchCommand(typed, DidYouMean.Of(typed, names)));
    }
}
