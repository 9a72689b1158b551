using Chat.Generators.Declared;
using Chat.Generators.Reading;

namespace Chat.Generators.Emitting;

/// <summary>
/// Writes the attributes that describe commands and routes in the assembly's metadata, which the daemon reads without running the plugin.
/// </summary>
internal static class ManifestWriter
{
    public static string Write(DeclaredCommand command) =>
        $"[assembly: global::Chat.DeclaredCommand({string.Join(", ", Arguments(command))})]";

    public static string Write(DeclaredRoute route) =>
        $"[assembly: global::Chat.DeclaredRoute({string.Join(", ", Arguments(route))})]";

    private static IEnumerable<string> Arguments(DeclaredRoute route)
    {
        yield return Code.Text($"{route.Verb} {route.Path}");
        if (route.Permission is { } permission) yield return $"Permission = {Code.Text(permission)}";
        if (route.DefaultRole is { } role) yield return $"DefaultRole = {Code.Text(role)}";
    }

    private static IEnumerable<string> Arguments(DeclaredCommand command)
    {
        yield return Code.Text(command.Name);
        if (command.Aliases.Count > 0) yield return $"Aliases = {Code.Text(string.Join(",", command.Aliases.Select(a => a.Name)))}";
        if (command.Policy.Permission is { } permission) yield return $"Permission = {Code.Text(permission)}";
        if (command.Policy.DefaultRole is { } role) yield return $"DefaultRole = {Code.Text(role)}";
        if (command.Arguments.Any()) yield return $"Usage = {Code.Text(Usage(command))}";
        if (!command.Summary.IsEmpty) yield return $"Summary = {Code.Text(command.Summary.First)}";
    }

    private static string Usage(DeclaredCommand command) => string.Join(" ", command.Arguments.OrderBy(Place).Select(Shape));

    /// <summary>As in the daemon's help: options come before a parameter that takes the rest of the line.</summary>
    private static int Place(DeclaredParameter parameter) => parameter.Source is Source.Remainder ? 2 : parameter.IsNamed ? 1 : 0;

    private static string Shape(DeclaredParameter parameter)
    {
        var shape = parameter.Source switch
        {
            Source.Flag => $"--{parameter.Name}",
            Source.Option => $"--{parameter.Name} <{parameter.Type!.Word}>",
            Source.Argument => parameter.Name,
            _ => parameter.Name + "…",
        };
        return !parameter.Required ? $"[{shape}]" : parameter.IsNamed ? shape : $"<{shape}>";
    }
}
