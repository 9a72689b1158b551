using Chat.Generators.Declared;
using Chat.Generators.Reading;

namespace Chat.Generators.Emitting;

/// <summary>Everything that the generated entry of an assembly registers.</summary>
internal sealed record PluginAssembly(
    DeclaredAssembly Assembly,
    EquatableArray<CommandClass> Classes,
    EquatableArray<DeclaredHook> Hooks,
    EquatableArray<DeclaredRoute> Routes)
{
    /// <summary>Whether there is nothing to generate: an assembly that is no plugin, or that registers everything itself.</summary>
    public bool IsEmpty => Classes.Count + Routes.Count == 0 && Hooks.All(h => h.Kind is HookKind.Plugin);

    /// <summary>The author's entry. An analyzer reports a second one.</summary>
    public DeclaredHook? Own => Hooks.Where(h => h.Kind is HookKind.Plugin).ToList() is { Count: 1 } entries ? entries[0] : null;
}
