using Chat.Generators.Declared;
using Chat.Generators.Reading;

namespace Chat.Generators.Emitting;

/// <summary>Writes the registration of all routes.</summary>
internal static class RouteWriter
{
    private const string Nothing = "global::Chat.RouteResponse.Empty()", Response = "global::Chat.RouteResponse";

    public static void Write(Writer code, EquatableArray<DeclaredRoute> routes)
    {
        code.Line();
        code.Block("internal static class Routes", () =>
            code.Block("internal static void Register(global::Chat.IPluginBuilder plugin)", () =>
            {
                var owners = routes.Where(route => !route.IsStatic).Select(route => route.Owner).Distinct();
                foreach (var owner in owners.OrderBy(name => name, StringComparer.Ordinal)) code.Line(Names.Registration(owner));
                foreach (var route in routes) Write(code, route);
            }));
    }

    private static void Write(Writer code, DeclaredRoute route) => code.Block("plugin.Route(new global::Chat.RouteDescriptor", () =>
    {
        code.Line($"Method = {Code.Text(route.Verb)},");
        code.Line($"Path = {Code.Text(route.Path)},");
        if (route.Permission is { } permission) code.Line($"Permission = {Code.Text(permission)},");
        if (route.DefaultRole is { } role) code.Line($"DefaultRole = global::Chat.Role.{role},");
        if (route.DeadlineMilliseconds is { } deadline) code.Line($"Deadline = global::System.TimeSpan.FromMilliseconds({deadline}D),");
        if (route.MaxBodyBytes is { } most) code.Line($"MaxBodyBytes = {most},");
        Invoke(code, route);
    }, "});");

    private static void Invoke(Writer code, DeclaredRoute route)
    {
        var target = route.IsStatic ? route.Owner : Names.Resolved(route.Owner);
        var call = $"{target}.{route.Method}({string.Join(", ", route.Arguments)})";
        var (waits, reply) = (route.Reply.Waiting is not Waiting.No, route.Reply.Kind);
        var value = waits ? $"await {call}.ConfigureAwait(false)" : call;
        var head = $"Invoke = static {(waits ? "async " : "")}(request, scope, cancellation) =>";
        if (reply is ReplyKind.Nothing) code.Block(head, () => code.Lines($"{value};", $"return {Result(Nothing, waits)};"), "},");
        else code.Line($"{head} {Result(reply is ReplyKind.Text ? $"{Response}.Text({value} ?? \"\")" : value, waits)},");
    }

    private static string Result(string expression, bool waits) =>
        waits ? expression : $"new global::System.Threading.Tasks.ValueTask<{Response}>({expression})";
}
