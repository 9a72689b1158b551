using Chat.Generators.Declared;
using Chat.Generators.Reading;

namespace Chat.Generators.Emitting;

/// <summary>Writes the registration of one class's commands.</summary>
internal static class CommandWriter
{
    public static string Write(CommandClass commands)
    {
        var code = new Writer();
        code.Line();
        code.Block("namespace Chat.Generated", () => WriteClass(code, commands));
        return code.ToString();
    }

    private static void WriteClass(Writer code, CommandClass commands) => code.Block($"internal static class {commands.Name}", () =>
        code.Block("internal static void Register(global::Chat.IPluginBuilder plugin)", () =>
        {
            foreach (var type in commands.Services) code.Line(Names.Registration(type));
            foreach (var command in commands.Commands) Write(code, command);
        }));

    private static void Write(Writer code, DeclaredCommand command) => code.Block("plugin.Command(new global::Chat.CommandDescriptor", () =>
    {
        code.Line($"Name = {Code.Text(command.Name)},");
        if (command.Aliases.Count > 0) code.Line($"Aliases = {Names.Array(command.Aliases)},");
        if (!command.Summary.IsEmpty) code.Line($"Summary = {Names.Of(command.Summary)},");
        if (command.Examples.Count > 0) code.Line($"Examples = {Names.Array("string", command.Examples.Select(Code.Text))},");
        if (command.Arguments.Any())
            code.Block("Parameters = new global::Chat.ParameterDescriptor[]", () => Parameters(code, command), "},");
        if (Policy(command.Policy).ToList() is { Count: > 0 } policy) code.Line($"Policy = new() {{ {string.Join(", ", policy)} }},");
        InvokerWriter.Write(code, command);
    }, "});");

    private static void Parameters(Writer code, DeclaredCommand command)
    {
        foreach (var parameter in command.Arguments) code.Line($"new() {{ {string.Join(", ", ParameterWriter.Members(parameter))} }},");
    }

    private static IEnumerable<string> Policy(DeclaredPolicy policy)
    {
        if (policy.Permission is { } permission) yield return $"Permission = {Code.Text(permission)}";
        if (policy.DefaultRole is { } role) yield return $"DefaultRole = global::Chat.Role.{role}";
        if (policy.Where is { } where) yield return $"Where = global::Chat.Where.{where}";
        if (policy.RateCount is { } count) yield return $"Rate = new({count}, global::System.TimeSpan.FromSeconds({policy.RateSeconds}D))";
        if (policy.DeadlineMilliseconds is { } deadline) yield return $"Deadline = global::System.TimeSpan.FromMilliseconds({deadline}D)";
        if (policy.Confirm) yield return "Confirm = true";
        if (policy.Audit) yield return "Audit = true";
        if (policy.Hidden) yield return "Hidden = true";
    }
}
