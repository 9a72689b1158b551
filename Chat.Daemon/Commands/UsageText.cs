using System.Globalization;

namespace Chat.Daemon.Commands;

/// <summary>The usage of a command on one line: <c>/kick &lt;alvo&gt; [--quieto] [motivo…]</c>.</summary>
internal static class UsageText
{
    public static string Of(CatalogueEntry entry, CommandTexts texts)
    {
        var parameters = entry.Descriptor.Parameters.OrderBy(Place).Select(p => Of(p, texts));
        return string.Join(' ', parameters.Prepend("/" + entry.NameIn(texts.Language)));
    }

    /// <summary>As a caller would type it; null for none.</summary>
    public static string? DefaultOf(ParameterDescriptor parameter) => parameter.Default switch
    {
        null or "" or false or object?[] => null,
        TimeSpan duration => DurationText.Format(duration),
        Enum choice => choice.ToString().ToLowerInvariant(),
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        var value => value.ToString(),
    };

    /// <summary>Options come before a parameter that takes the rest of the line: there they would be part of it.</summary>
    private static int Place(ParameterDescriptor parameter) =>
        parameter.Kind is ParameterKind.Remainder ? 2 : LineBinder.IsNamed(parameter) ? 1 : 0;

    private static string Of(ParameterDescriptor parameter, CommandTexts texts)
    {
        var name = parameter.NameIn(texts.Language);
        var shape = parameter.Kind switch
        {
            ParameterKind.Flag => $"--{name}",
            ParameterKind.Option => $"--{name} <{texts.TypeWord(parameter.Type)}>",
            ParameterKind.Argument => name,
            _ => name + "…",
        };
        var isNamed = LineBinder.IsNamed(parameter);
        return parameter.Required ? (isNamed ? shape : $"<{shape}>") : $"[{shape}]";
    }
}
