using System.Text.Json;
using Chat.Protocol;

namespace Chat.Daemon.Commands;

/// <summary>Assigns each argument of a <c>command</c> frame to the parameter with its name.</summary>
internal static class ArgsBinder
{
    public static BoundArguments Bind(IReadOnlyList<ParameterDescriptor> parameters, IReadOnlyDictionary<string, JsonElement>? args)
    {
        var pieces = new List<BoundArguments.Piece>();
        ArgumentError? error = null;
        foreach (var (name, value) in args ?? new Dictionary<string, JsonElement>())
            error ??= Take(parameters, name, value, pieces);
        return new(pieces, error, null);
    }

    private static ArgumentError? Take(
        IReadOnlyList<ParameterDescriptor> parameters, string name, JsonElement value, List<BoundArguments.Piece> pieces)
    {
        if (value.ValueKind is JsonValueKind.Null) return null;
        var folded = NameFold.Of(name);
        var index = parameters.TakeWhile(p => !p.Matches(folded)).Count();
        if (index == parameters.Count)
        {
            return new(ArgumentProblem.UnknownOption, null, Given: name)
            {
                Expected = [.. parameters.SelectMany(p => p.Aliases.Prepend(p.Name))],
            };
        }
        var parameter = parameters[index];
        if (pieces.Exists(p => p.Parameter == index)) return new(ArgumentProblem.Repeated, null, parameter);
        if (value.ValueKind is not JsonValueKind.Array) return Add(index, parameter, value, pieces);
        if (parameter.Kind is not ParameterKind.Variadic) return new(ArgumentProblem.WrongType, null, parameter, value.GetRawText());
        return value.EnumerateArray().Select(element => Add(index, parameter, element, pieces)).FirstOrDefault(e => e is not null);
    }

    private static ArgumentError? Add(int index, ParameterDescriptor parameter, JsonElement value, List<BoundArguments.Piece> pieces)
    {
        if (TextOf(value) is not { } text) return new(ArgumentProblem.WrongType, null, parameter, value.GetRawText());
        if (TextRules.HasForbiddenControl(text)) return new(ArgumentProblem.ForbiddenCharacter, null, parameter);
        pieces.Add(new(index, text, null));
        return null;
    }

    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            return null; // half a surrogate pair: JSON can escape it, but no text can contain it
        }
    }
}
