using System.Reflection;
using System.Reflection.Metadata;
using Chat.Daemon.Commands;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Hooks;

namespace Chat.Daemon.Plugins.Inspection;

/// <summary>Reads the manifest from an assembly's metadata, without running any of its code.</summary>
internal static class ManifestReader
{
    private const int MaxVersionLength = 64;

    /// <summary>The entry class that the generator writes for attributed commands. It calls the author's own entry class.</summary>
    private const string GeneratedEntry = "Chat.Generated.PluginEntry";

    /// <exception cref="PluginRefusedException">The assembly is not a plugin.</exception>
    public static PluginManifest Read(MetadataReader metadata)
    {
        if (!metadata.IsAssembly) throw new PluginRefusedException(LocalizedText.Of(t => t.IsModule));
        var contract = new ContractMetadata(metadata);
        var declared = contract.Attributes(nameof(ChatPluginAttribute)).ToList();
        if (declared.Count == 0) throw new PluginRefusedException(LocalizedText.Of(t => t.NotAPlugin));
        var (level, named) = declared[0];
        var id = named.GetValueOrDefault(nameof(ChatPluginAttribute.Id)) ?? "";
        var version = named.GetValueOrDefault(nameof(ChatPluginAttribute.Version)) ?? metadata.GetAssemblyDefinition().Version.ToString(3);
        string[] entries = [.. EntriesOf(metadata, contract)];
        return new(id, Shorten(version), level.Value as int? ?? 0, entries.Contains(GeneratedEntry) ? [GeneratedEntry] : entries)
        {
            Commands = [.. CommandsOf(contract)],
            Routes = [.. RoutesOf(id, contract)],
            Hooks = [.. HooksOf(metadata, contract)],
            Capabilities = [.. CapabilitiesOf(contract)],
        };
    }

    /// <summary>Those whose interface the assembly references.</summary>
    public static IEnumerable<Capability> CapabilitiesOf(ContractMetadata contract)
    {
        var references = contract.References.ToHashSet();
        return Capability.All.Where(capability => references.Contains(capability.Contract.Name));
    }

    private static IEnumerable<ManifestCommand> CommandsOf(ContractMetadata contract) =>
        from attribute in contract.Attributes(nameof(DeclaredCommandAttribute))
        let name = Printable.Escape(attribute.First.Value as string ?? "")
        let aliases = ValueOf(attribute.Named, nameof(DeclaredCommandAttribute.Aliases))
        let permission = ValueOf(attribute.Named, nameof(DeclaredCommandAttribute.Permission))
        let role = ValueOf(attribute.Named, nameof(DeclaredCommandAttribute.DefaultRole))
        select new ManifestCommand(
            name, aliases?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [],
            CatalogueEntry.PermissionOf(name, permission), role ?? nameof(Role.Guest));

    private static IEnumerable<ManifestRoute> RoutesOf(string plugin, ContractMetadata contract) =>
        from attribute in contract.Attributes(nameof(DeclaredRouteAttribute))
        let route = ((attribute.First.Value as string ?? "") + " ").Split(' ', 2)
        let permission = ValueOf(attribute.Named, nameof(DeclaredRouteAttribute.Permission))
        let role = ValueOf(attribute.Named, nameof(DeclaredRouteAttribute.DefaultRole))
        select new ManifestRoute(
            Printable.Escape($"{route[0]} /p/{plugin}/{route[1]}").TrimEnd(),
            permission ?? (RoutePath.TryParse(route[1].TrimEnd(), out var path) ? PluginRoute.PermissionOf(plugin, path, null) : "?"),
            role ?? nameof(Role.Guest));

    private static IEnumerable<ManifestHook> HooksOf(MetadataReader metadata, ContractMetadata contract) =>
        from handle in metadata.TypeDefinitions
        let type = metadata.GetTypeDefinition(handle)
        where (type.Attributes & (TypeAttributes.Abstract | TypeAttributes.Interface)) == 0
        from hook in contract.InterfacesOf(type).Distinct()
        let kind = KindOf(hook.Name)
        where kind is not null
        select new ManifestHook(
            kind.Value, Printable.Escape(metadata.GetString(type.Name)), hook.Argument is null ? null : Printable.Escape(hook.Argument));

    private static ManifestHookKind? KindOf(string contract) =>
        contract == nameof(IMessageFilter) ? ManifestHookKind.Filter
        : contract == typeof(IEventHandler<>).Name ? ManifestHookKind.Handler
        : contract == nameof(IHandover) ? ManifestHookKind.Handover
        : contract == nameof(IJob) ? ManifestHookKind.Job
        : contract == ContractMetadata.HostedService ? ManifestHookKind.HostedService
        : null;

    private static IEnumerable<string> EntriesOf(MetadataReader metadata, ContractMetadata contract) =>
        from handle in metadata.TypeDefinitions
        let type = metadata.GetTypeDefinition(handle)
        where (type.Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.Public
        where (type.Attributes & (TypeAttributes.Abstract | TypeAttributes.Interface)) == 0
        where type.GetGenericParameters().Count == 0 && contract.InterfacesOf(type).Any(i => i.Name == nameof(IChatPlugin))
        where HasParameterlessConstructor(metadata, type)
        select Printable.Escape(NameOf(metadata, type));

    private static bool HasParameterlessConstructor(MetadataReader metadata, TypeDefinition type) =>
        type.GetMethods().Select(metadata.GetMethodDefinition).Any(method =>
            method.Attributes.HasFlag(MethodAttributes.Public) && metadata.StringComparer.Equals(method.Name, ".ctor")
            && ParameterCountOf(metadata, method) == 0);

    private static int ParameterCountOf(MetadataReader metadata, MethodDefinition method)
    {
        var signature = metadata.GetBlobReader(method.Signature);
        signature.ReadSignatureHeader();
        return signature.ReadCompressedInteger();
    }

    private static string NameOf(MetadataReader metadata, TypeDefinition type) => type.Namespace.IsNil
        ? metadata.GetString(type.Name)
        : $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";

    private static string? ValueOf(IReadOnlyDictionary<string, string> named, string name) =>
        named.GetValueOrDefault(name) is { Length: > 0 } value ? Printable.Escape(value) : null;

    private static string Shorten(string version) =>
        Printable.Escape(version.Length > MaxVersionLength ? version[..MaxVersionLength] : version);
}
