using Chat.Protocol;

namespace Chat.Daemon.Commands;

/// <summary>Checks ranges, lengths and ranks of the converted values, but not of the author's own defaults.</summary>
internal static class ParameterCheck
{
    public static ArgumentError? Check(IReadOnlyList<ParameterDescriptor> parameters, ArgumentValues values, BoundArguments bound, User caller)
    {
        for (var i = 0; i < parameters.Count; i++)
        {
            if (values.IsGiven(i) && Problem(parameters[i], values[i], caller) is { } problem)
                return At(problem, parameters[i], i, bound);
        }
        return null;
    }

    private static ArgumentError At(ArgumentProblem problem, ParameterDescriptor parameter, int index, BoundArguments bound)
    {
        Piece[] pieces = [.. bound.Pieces.Where(p => p.Parameter == index)];
        LineSpan? span = pieces[0].Span is { } first ? LineSpan.Between(first.Start, pieces[^1].Span!.Value.End) : null;
        return new(problem, span, parameter, string.Join(' ', pieces.Select(p => p.Text)));
    }

    private static ArgumentProblem? Problem(ParameterDescriptor parameter, object? value, User caller) => value switch
    {
        object?[] all => OfLength(parameter, all.Length) ?? all.Select(one => OfValue(parameter, one, caller)).FirstOrDefault(p => p is not null),
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
}
