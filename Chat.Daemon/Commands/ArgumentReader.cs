using Chat.Daemon.Hooks;

namespace Chat.Daemon.Commands;

/// <summary>Converts pieces of text to values, looks up users and rooms, and fills in defaults.</summary>
internal sealed class ArgumentReader(IEntityDirectory directory, GuardedCalls calls)
{
    /// <summary>How long a plugin's own type may take to read one text.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>The contract's own types, which always read quickly.</summary>
    private static readonly ParameterType[] Known =
    [
        ParameterType.Text, ParameterType.Integer, ParameterType.LongInteger, ParameterType.Number, ParameterType.Boolean,
        ParameterType.Duration,
    ];

    /// <param name="entry">The command of the parameters.</param>
    /// <returns>The values or the first error, never both.</returns>
    public async ValueTask<(ArgumentValues? Values, ArgumentError? Error)> ReadAsync(
        CatalogueEntry entry, BoundArguments bound, User caller, CancellationToken cancellation)
    {
        var parameters = entry.Descriptor.Parameters;
        if (bound.Error is not null) return (null, bound.Error);
        var values = new object?[parameters.Count];
        var given = new bool[parameters.Count];
        for (var i = 0; i < bound.Pieces.Count; i++)
        {
            var (piece, parameter) = (bound.Pieces[i], parameters[bound.Pieces[i].Parameter]);
            var (value, error) = parameter.Type.Convert is null ? await LookUpAsync(parameter, piece, caller, cancellation)
                : IsForeign(parameter) ? await ConvertGuardedAsync(entry, parameter, piece, cancellation)
                : Convert(parameter, piece);
            if (error is not null) return (null, error);
            if (parameter.Kind is not ParameterKind.Variadic) values[piece.Parameter] = value;
            else ((List<object?>)(values[piece.Parameter] ??= new List<object?>())).Add(value);
            given[piece.Parameter] = true;
        }
        for (var i = 0; i < values.Length; i++)
        {
            if (given[i])
            {
                if (parameters[i].Kind is ParameterKind.Variadic) values[i] = ((List<object?>)values[i]!).ToArray();
                continue;
            }
            if (parameters[i].Required) return (null, new(ArgumentProblem.Missing, bound.End, parameters[i]));
            values[i] = parameters[i].Default;
        }
        return (new(parameters, values, given), null);
    }

    private async ValueTask<(object? Value, ArgumentError? Error)> LookUpAsync(
        ParameterDescriptor parameter, BoundArguments.Piece piece, User caller, CancellationToken cancellation) =>
        parameter.Type == ParameterType.User
            ? Found(await directory.FindUserAsync(Without('@', piece.Text), cancellation), ArgumentProblem.NoSuchUser, parameter, piece)
            : Found(
                await directory.FindRoomAsync(Without('#', piece.Text), caller, cancellation),
                ArgumentProblem.NoSuchRoom, parameter, piece);

    private static bool IsForeign(ParameterDescriptor parameter) =>
        ChoicesOf(parameter).Count == 0 && !Array.Exists(Known, known => ReferenceEquals(known, parameter.Type));

    /// <summary>
    /// A converter cannot be cancelled, and a text can be made on which it never ends. After <see cref="Patience"/> it runs on alone.
    /// </summary>
    private async Task<(object? Value, ArgumentError? Error)> ConvertGuardedAsync(
        CatalogueEntry entry, ParameterDescriptor parameter, BoundArguments.Piece piece, CancellationToken cancellation)
    {
        var site = new CallSite("parameter type", parameter.Type.Name, entry.Owner.Id);
        if (await calls.EnterAsync(entry.Calls, site, cancellation) is not { } slot)
            return (null, new(ArgumentProblem.ConverterBusy, piece.Span, parameter, piece.Text));
        var converting = await calls.RunAsync(
            site, _ => Task.FromResult(Convert(parameter, piece)), Patience, cancellation, slot: slot);
        cancellation.ThrowIfCancellationRequested();
        if (converting.Running.IsCompleted) return await converting.Running;
        var fault = new TimeoutException($"The parameter type {site.Name} took more than {Patience.TotalSeconds} s to read a text.");
        return (null, new(ArgumentProblem.ConverterFailed, piece.Span, parameter, piece.Text, fault));
    }

    /// <summary>For every type but users and rooms.</summary>
    internal static (object? Value, ArgumentError? Error) Convert(ParameterDescriptor parameter, BoundArguments.Piece piece)
    {
        if (parameter.Choices.Count > 0)
            return Found(ChoiceOf(parameter.Choices, piece.Text), ArgumentProblem.NotAChoice, parameter, piece);
        try
        {
            var problem = parameter.Type.Choices.Count > 0 ? ArgumentProblem.NotAChoice : ArgumentProblem.WrongType;
            return Found(parameter.Type.Convert!(piece.Text, out var value) ? value : null, problem, parameter, piece);
        }
        catch (Exception fault) // a bug of the plugin's converter, not the caller's mistake
        {
            return (null, new(ArgumentProblem.ConverterFailed, piece.Span, parameter, piece.Text, fault));
        }
    }

    private static string? ChoiceOf(IReadOnlyList<LocalizedName> choices, string text)
    {
        var folded = NameFold.Of(text);
        return choices.FirstOrDefault(c => NameFold.Of(c.Name) == folded)?.Name;
    }

    private static (object? Value, ArgumentError? Error) Found(
        object? value, ArgumentProblem problem, ParameterDescriptor parameter, BoundArguments.Piece piece) =>
        value is not null ? (value, null) : (null, new(problem, piece.Span, parameter, piece.Text) { Expected = ChoicesOf(parameter) });

    /// <summary>The allowed values; empty where the type allows any.</summary>
    internal static IReadOnlyList<LocalizedName> ChoicesOf(ParameterDescriptor parameter) =>
        parameter.Choices.Count > 0 ? parameter.Choices : parameter.Type.Choices;

    private static string Without(char sign, string name) => name is [var first, _, ..] && first == sign ? name[1..] : name;
}
