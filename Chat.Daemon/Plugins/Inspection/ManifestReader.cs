using System.Reflection;
using System.Reflection.Metadata;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Plugins.Lifecycle;

namespace Chat.Daemon.Plugins.Inspection;

/// <summary>Reads the manifest from an assembly's metadata; nothing of the assembly runs.</summary>
internal static class ManifestReader
{
    private const int LongestVersion = 64;

    /// <summary>What the compiler makes of attributed methods; it calls the author's own entry itself.</summary>
    private const string GeneratedEntry = "Chat.Generated.PluginEntry";

    /// <exception cref="PluginRefusedException">It is no plugin.</exception>
    public static PluginManifest Read(MetadataReader metadata)
    {
        if (!metadata.IsAssembly) throw new PluginRefusedException(Sentence.Of(t => t.IsModule));
        var contract = new ContractMetadata(metadata);
        var declared = contract.Attributes(nameof(ChatPluginAttribute)).ToList();
        if (declared.Count == 0) throw new PluginRefusedException(Sentence.Of(t => t.IsNoPlugin));
        var (level, named) = declared[0];
        var version = named.GetValueOrDefault(nameof(ChatPluginAttribute.Version)) ?? metadata.GetAssemblyDefinition().Version.ToString(3);
        return new(named.GetValueOrDefault(nameof(ChatPluginAttribute.Id)) ?? "", Shown(version), level.Value as int? ?? 0, Entries([.. EntriesOf(metadata, contract)]))
        {
            Commands = [.. DeclarationReader.Commands(contract)],
            Hooks = [.. DeclarationReader.Hooks(metadata, contract)],
            Capabilities = [.. DeclarationReader.Capabilities(contract)],
        };
    }

    private static string[] Entries(string[] entries) => entries.Contains(GeneratedEntry) ? [GeneratedEntry] : entries;

    private static IEnumerable<string> EntriesOf(MetadataReader metadata, ContractMetadata contract) =>
        from handle in metadata.TypeDefinitions
        let type = metadata.GetTypeDefinition(handle)
        where (type.Attributes & (TypeAttributes.VisibilityMask | TypeAttributes.Abstract | TypeAttributes.Interface)) == TypeAttributes.Public
        where type.GetGenericParameters().Count == 0 && contract.InterfacesOf(type).Any(i => i.Name == nameof(IChatPlugin)) && HasPlainConstructor(metadata, type)
        select Printable.Escape(NameOf(metadata, type));

    private static bool HasPlainConstructor(MetadataReader metadata, TypeDefinition type) =>
        type.GetMethods().Select(metadata.GetMethodDefinition).Any(method =>
            method.Attributes.HasFlag(MethodAttributes.Public) && metadata.StringComparer.Equals(method.Name, ".ctor") && ParametersOf(metadata, method) == 0);

    private static int ParametersOf(MetadataReader metadata, MethodDefinition method)
    {
        var signature = metadata.GetBlobReader(method.Signature);
        signature.ReadSignatureHeader();
        return signature.ReadCompressedInteger();
    }

    private static string NameOf(MetadataReader metadata, TypeDefinition type) =>
        type.Namespace.IsNil ? metadata.GetString(type.Name) : $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";

    private static string Shown(string version) => Printable.Escape(version.Length > LongestVersion ? version[..LongestVersion] : version);
}
