using Chat.Daemon.Configuration;
using Chat.Protocol;

namespace Chat.Daemon.Commands;

/// <summary>
/// The stages that can refuse an invocation between look-up and method. The pipeline stops at the first refusal, the explainer runs them
/// all. Null lets the invocation pass. Safe from any thread.
/// </summary>
internal sealed class CommandChecks(TimeProvider time)
{
    private readonly RateTable rates = new(time);
    private readonly ConfirmationTable confirmations = new(time);

    public static Refusal? Permission(Invocation run) =>
        run.Snapshot.MayRun(run.Call.Caller, run.Entry!, run.Call.Room, run.Call.OwnsRoom)
            ? null
            : Of(RefusalCode.Forbidden, run.Texts.Forbidden(run.Shown));

    public static Refusal? Place(Invocation run) => run.Descriptor.Policy.Where switch
    {
        Where.Room when run.Call.Room is null => Of(RefusalCode.Forbidden, run.Texts.OnlyInRoom(run.Shown)),
        Where.Direct when run.Call.Recipient is null => Of(RefusalCode.Forbidden, run.Texts.OnlyInDirect(run.Shown)),
        _ => null,
    };

    /// <summary>Counts this run.</summary>
    public Refusal? Rate(Invocation run) =>
        run.Descriptor.Policy.Rate is { } rate ? TooSoon(run, rates.Take(run.Call.Caller.Id, run.Descriptor.Name, rate)) : null;

    /// <summary>The same as <see cref="Rate"/>, without counting a run.</summary>
    public Refusal? PeekRate(Invocation run) =>
        run.Descriptor.Policy.Rate is { } rate ? TooSoon(run, rates.WaitFor(run.Call.Caller.Id, run.Descriptor.Name, rate)) : null;

    /// <summary>Ranges, lengths and ranks of the converted values.</summary>
    public static Refusal? Parameters(Invocation run) =>
        FirstError(run.Descriptor.Parameters, run.Values!, run.Bound!, run.Call.Caller) is { } error ? Arguments(run, error) : null;

    /// <summary>Remembers the call if it needs a repetition.</summary>
    public Refusal? Confirmation(Invocation run)
    {
        if (!run.Descriptor.Policy.Confirm) return null;
        // The pieces, not the line: a repetition may be spelled differently, but must mean the same in the same place.
        var call = string.Join('\n', run.Bound!.Pieces.OrderBy(p => p.Parameter).Select(p => $"{p.Parameter} {p.Text}")
            .Prepend($"{run.Descriptor.Name} {run.Call.Room?.Id} {run.Call.Recipient?.Id}"));
        return confirmations.IsConfirmed(run.Call.Caller.Id, call)
            ? null
            : Of(ConfirmationTable.RefusalCode, run.Texts.Confirm(run.Shown, ConfirmationTable.Patience.TotalSeconds));
    }

    /// <summary>The command's calls hold as many threads as they may.</summary>
    public static Refusal Busy(Invocation run) => Of(RefusalCode.Busy, run.Texts.Busy(run.Shown));

    public static Refusal Arguments(Invocation run, ArgumentError error)
    {
        if (error.Problem is ArgumentProblem.ConverterBusy) return Busy(run);
        var code = error.Problem switch
        {
            ArgumentProblem.NoSuchUser => RefusalCode.NoSuchUser,
            ArgumentProblem.NoSuchRoom => RefusalCode.NoSuchRoom,
            ArgumentProblem.NotOutranked => RefusalCode.Forbidden,
            _ => RefusalCode.BadArguments,
        };
        return Of(code, run.Texts.Of(error) + " " + run.Texts.Usage(run.Entry!));
    }

    /// <summary>Lists the sub-commands of a group that was called like a command; else suggests the nearest command.</summary>
    /// <param name="end">The index where the line's first word ends.</param>
    public static Refusal NotFound(Invocation run, CommandRegistry.Snapshot snapshot, int end)
    {
        var typed = run.Call.NameUpTo(end);
        if (CommandGroup.Overview(snapshot, typed, run.Call.Caller, run.Call.Room, run.Texts) is { } overview)
            return Of(RefusalCode.BadArguments, Misspelled(run, snapshot, typed, end) + overview);
        var names = snapshot.ListedFor(run.Call.Caller, run.Call.Room)
            .SelectMany(e => e.Descriptor.Aliases.Select(a => a.Name).Prepend(e.NameIn(run.Call.Language)));
        return Of(RefusalCode.NoSuchCommand, run.Texts.NoSuchCommand(typed, NearestName.Guess(typed, names)));
    }

    /// <summary>A line about the sub-command that the caller seems to mean; empty if there is none.</summary>
    private static string Misspelled(Invocation run, CommandRegistry.Snapshot snapshot, string group, int end)
    {
        var typed = $"{group} {run.Call.WordAfter(end)}";
        var names = CommandGroup.NamesIn(snapshot, group, run.Call.Caller, run.Call.Room, run.Call.Language);
        return typed.EndsWith(' ') || NearestName.Guess(typed, names) is not { } meant ? "" : run.Texts.NoSuchCommand(typed, meant) + "\n";
    }

    /// <summary>Checks what the caller gave, but not the author's own defaults.</summary>
    internal static ArgumentError? FirstError(
        IReadOnlyList<ParameterDescriptor> parameters, ArgumentValues values, BoundArguments bound, User caller)
    {
        for (var i = 0; i < parameters.Count; i++)
        {
            if (values.IsGiven(i) && ProblemOf(parameters[i], values[i], caller) is { } problem)
                return ErrorAt(problem, parameters[i], i, bound);
        }
        return null;
    }

    private static ArgumentError ErrorAt(ArgumentProblem problem, ParameterDescriptor parameter, int index, BoundArguments bound)
    {
        BoundArguments.Piece[] pieces = [.. bound.Pieces.Where(p => p.Parameter == index)];
        LineSpan? span = pieces[0].Span is { } first ? LineSpan.Between(first.Start, pieces[^1].Span!.Value.End) : null;
        return new(problem, span, parameter, string.Join(' ', pieces.Select(p => p.Text)));
    }

    private static ArgumentProblem? ProblemOf(ParameterDescriptor parameter, object? value, User caller) => value switch
    {
        object?[] all => OfLength(parameter, all.Length)
            ?? all.Select(one => OfValue(parameter, one, caller)).FirstOrDefault(p => p is not null),
        string text => OfLength(parameter, TextRules.ScalarsIn(text)),
        _ => OfValue(parameter, value, caller),
    };

    private static ArgumentProblem? OfValue(ParameterDescriptor parameter, object? value, User caller) => value switch
    {
        User user => parameter.Outranked && user.Role >= caller.Role ? ArgumentProblem.NotOutranked : null,
        TimeSpan duration => OfRange(parameter, duration.TotalSeconds),
        int number => OfRange(parameter, number),
        long number => OfRange(parameter, number),
        double number => OfRange(parameter, number),
        _ => null,
    };

    private static ArgumentProblem? OfRange(ParameterDescriptor parameter, double number) =>
        number < parameter.Min || number > parameter.Max ? ArgumentProblem.OutOfRange : null;

    private static ArgumentProblem? OfLength(ParameterDescriptor parameter, int length) =>
        length < parameter.MinLength ? ArgumentProblem.TooShort : length > parameter.MaxLength ? ArgumentProblem.TooLong : null;

    /// <param name="wait">Time until the caller may run it again; null: now.</param>
    private static Refusal? TooSoon(Invocation run, TimeSpan? wait) =>
        wait is { } left ? Of(RefusalCode.RateLimited, run.Texts.RateLimited(run.Shown, Math.Ceiling(left.TotalSeconds)), left) : null;

    private static Refusal Of(string code, string text, TimeSpan? retryAfter = null) => new(code, RetryAfter: retryAfter, Detail: text);
}
