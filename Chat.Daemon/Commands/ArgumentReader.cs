
namespace Chat.Daemon.Commands;

/// <summary>Turns pieces of text into values: converts, looks users and rooms up, fills defaults in.</summary>
internal sealed class ArgumentReader(IEntityDirectory directory, TimeProvider time)
{
    /// <summary>For a plugin's own type to read one text.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Whose converters are the contract's, and take no time worth the name.</summary>
    private static readonly ParameterType[] Known = [ParameterType.Text, ParameterType.Integer, ParameterType.LongInteger, ParameterType.Number, ParameterType.Boolean, ParameterType.Duration];

    /// <returns>Values, or the first error; never both.</returns>
    public async ValueTask<(ArgumentValues? Values, ArgumentError? Error)> ReadAsync(
        IReadOnlyList<ParameterDescriptor> parameters, BoundArguments bound, User caller, CancellationToken cancellation)
    {
        if (bound.Error is not null) return (null, bound.Error);
        var values = new object?[parameters.Count];
        var given = new bool[parameters.Count];
        for (var i = 0; i < bound.Pieces.Count; i++)
        {
            var (piece, parameter) = (bound.Pieces[i], parameters[bound.Pieces[i].Parameter]);
            var (value, error) = parameter.Type.Convert is null ? await LookUpAsync(parameter, piece, caller, cancellation)
                : IsForeign(parameter) ? await ConvertBesideAsync(parameter, piece, cancellation)
                : Convert(parameter, piece);
            if (error is not null) return (null, error);
            values[piece.Parameter] = parameter.Kind is ParameterKind.Variadic ? Append(values[piece.Parameter], value) : value;
            given[piece.Parameter] = true;
        }
        for (var i = 0; i < values.Length; i++)
        {
            if (given[i]) continue;
            if (parameters[i].Required) return (null, new(ArgumentProblem.Missing, bound.End, parameters[i]));
            values[i] = parameters[i].Default;
        }
        return (new(parameters, values, given), null);
    }

    private async ValueTask<(object? Value, ArgumentError? Error)> LookUpAsync(ParameterDescriptor parameter, Piece piece, User caller, CancellationToken cancellation) =>
        parameter.Type == ParameterType.User
            ? Found(await directory.FindUserAsync(Without('@', piece.Text), cancellation), ArgumentProblem.NoSuchUser, parameter, piece)
            : Found(await directory.FindRoomAsync(Without('#', piece.Text), caller, cancellation), ArgumentProblem.NoSuchRoom, parameter, piece);

    private static bool IsForeign(ParameterDescriptor parameter) => ChoicesOf(parameter).Count == 0 && !Array.Exists(Known, known => ReferenceEquals(known, parameter.Type));

    /// <summary>On the pool, and left behind when it takes too long: a converter cannot be cancelled, and some take for ever on a text that was made for them.</summary>
    private async Task<(object? Value, ArgumentError? Error)> ConvertBesideAsync(ParameterDescriptor parameter, Piece piece, CancellationToken cancellation)
    {
        Task<(object?, ArgumentError?)> converting;
        using (ExecutionContext.SuppressFlow()) converting = Task.Run(() => Convert(parameter, piece), CancellationToken.None);
        await ((Task)converting).WaitAsync(Patience, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellation.ThrowIfCancellationRequested();
        return converting.IsCompleted ? await converting
            : (null, new(ArgumentProblem.ConverterFailed, piece.Span, parameter, piece.Text, new TimeoutException($"The type {parameter.Type.Name} has not read a text within {Patience.TotalSeconds} s.")));
    }

    /// <summary>Of every type but users and rooms.</summary>
    internal static (object? Value, ArgumentError? Error) Convert(ParameterDescriptor parameter, Piece piece)
    {
        if (parameter.Choices.Count > 0) return Found(ChoiceOf(parameter.Choices, piece.Text), ArgumentProblem.NotAChoice, parameter, piece);
        try
        {
            var problem = parameter.Type.Choices.Count > 0 ? ArgumentProblem.NotAChoice : ArgumentProblem.WrongType;
            return Found(parameter.Type.Convert!(piece.Text, out var value) ? value : null, problem, parameter, piece);
        }
        catch (Exception fault) // a plugin's converter: its bug is not the caller's
        {
            return (null, new(ArgumentProblem.ConverterFailed, piece.Span, parameter, piece.Text, fault));
        }
    }

    private static string? ChoiceOf(IReadOnlyList<LocalizedName> choices, string text)
    {
        var folded = NameFold.Of(text);
        return choices.FirstOrDefault(c => NameFold.Of(c.Name) == folded)?.Name;
    }

    private static (object? Value, ArgumentError? Error) Found(object? value, ArgumentProblem problem, ParameterDescriptor parameter, Piece piece) =>
        value is not null ? (value, null) : (null, new(problem, piece.Span, parameter, piece.Text) { Expected = ChoicesOf(parameter) });

    /// <summary>What may stand there; empty where the type leaves it open.</summary>
    internal static IReadOnlyList<LocalizedName> ChoicesOf(ParameterDescriptor parameter) => parameter.Choices.Count > 0 ? parameter.Choices : parameter.Type.Choices;

    private static object?[] Append(object? list, object? value) => [.. (object?[]?)list ?? [], value];

    private static string Without(char sign, string name) => name is [var first, _, ..] && first == sign ? name[1..] : name;
}
