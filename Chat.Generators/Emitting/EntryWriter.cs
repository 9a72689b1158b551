using Chat.Generators.Declared;
using Chat.Generators.Reading;

namespace Chat.Generators.Emitting;

/// <summary>Writes the plugin's entry, its manifest, and its own parameter types.</summary>
internal static class EntryWriter
{
    public static string Write(PluginAssembly plugin)
    {
        var code = new Writer();
        code.Line();
        if (!plugin.Assembly.IsPlugin)
            code.Line($"[assembly: global::Chat.ChatPlugin(Id = {Code.Text(Names.IdOf(plugin.Assembly.Name))})]");
        foreach (var command in plugin.Classes.SelectMany(c => c.Commands).OrderBy(c => c.Name, StringComparer.Ordinal))
            code.Line(ManifestWriter.Write(command));
        foreach (var route in plugin.Routes) code.Line(ManifestWriter.Write(route));
        code.Line();
        code.Block("namespace Chat.Generated", () =>
        {
            code.Line("/// <summary>Registers the commands, routes and hooks of this assembly. The daemon calls it.</summary>");
            code.Block("public sealed class PluginEntry : global::Chat.IChatPlugin", () =>
            {
                code.Line("/// <inheritdoc/>");
                code.Block("public void Configure(global::Chat.IPluginBuilder plugin)", () => Configure(code, plugin));
            });
            Types(code, plugin);
            if (plugin.Routes.Count > 0) RouteWriter.Write(code, plugin.Routes);
        });
        return code.ToString();
    }

    private static void Configure(Writer code, PluginAssembly plugin)
    {
        if (plugin.Own is { } own) code.Line($"((global::Chat.IChatPlugin)new {own.Type}()).Configure(plugin);");
        foreach (var commands in plugin.Classes) code.Line($"global::Chat.Generated.{commands.Name}.Register(plugin);");
        if (plugin.Routes.Count > 0) code.Line("global::Chat.Generated.Routes.Register(plugin);");
        foreach (var hook in plugin.Hooks)
        {
            if (hook.Kind is HookKind.Filter) code.Line($"plugin.Filter<{hook.Type}>({PolicyOf(hook)});");
            if (hook.Kind is HookKind.Handover) code.Line($"plugin.Handover<{hook.Type}>();");
            if (hook.Kind is HookKind.Job) code.Line($"plugin.Job<{hook.Type}>();");
            if (hook.Kind is HookKind.HostedService) code.Line($"plugin.HostedService<{hook.Type}>();");
            if (hook.Kind is HookKind.Handler) code.Line($"plugin.Handle<{hook.Event}, {hook.Type}>();");
        }
    }

    private static string PolicyOf(DeclaredHook hook) =>
        hook.Policy is { } policy ? $"new global::Chat.FilterAttribute {{ {policy} }}" : "";

    private static void Types(Writer code, PluginAssembly plugin)
    {
        var types = plugin.Classes.SelectMany(c => c.Commands).SelectMany(c => c.Arguments).Select(p => p.Type!).Where(Names.IsOwn)
            .GroupBy(t => t.Name).Select(g => g.First()).OrderBy(t => t.Name, StringComparer.Ordinal).ToList();
        if (types.Count == 0) return;
        code.Line();
        code.Block("internal static class ParameterTypes", () =>
        {
            foreach (var type in types)
                code.Line($"internal static readonly global::Chat.ParameterType {Names.FieldOf(type.Name)} = {Expression(type)};");
        });
    }

    private static string Expression(DeclaredType type) => type.Form is TypeForm.Parsable
        ? $"global::Chat.ParameterType.Parsable<{type.Name}>({Code.Text(type.Word)})"
        : $"global::Chat.ParameterType.Choice<{type.Name}>({Choices(type)})";

    private static string Choices(DeclaredType type) =>
        Names.Array($"(global::Chat.LocalizedName, {type.Name})", type.Choices.Select(c => $"({Names.Of(c.Name)}, {c.Member})"));
}
