using System.Buffers.Binary;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;

namespace Chat.Plugins.Tests;

/// <summary>Changes compiled assemblies in ways that a compiler cannot.</summary>
internal static class AssemblyPatch
{
    /// <summary>Replaces a text by another of the same length everywhere, in attributes and in code.</summary>
    public static byte[] Text(byte[] assembly, string text, string by)
    {
        if (text.Length != by.Length) throw new ArgumentException("The texts must be of one length.", nameof(by));
        var patched = assembly.ToArray();
        var count = new[] { Encoding.UTF8, Encoding.Unicode }.Sum(
            encoding => Replace(patched, encoding.GetBytes(text), encoding.GetBytes(by)));
        return count > 0 ? patched : throw new ArgumentException($"It does not hold {text}.", nameof(text));
    }

    private static int Replace(Span<byte> bytes, ReadOnlySpan<byte> text, ReadOnlySpan<byte> by)
    {
        var count = 0;
        for (var rest = bytes; rest.IndexOf(text) is >= 0 and var at; rest = rest[(at + text.Length)..], count++) by.CopyTo(rest[at..]);
        return count;
    }

    /// <summary>Changes the major version of a reference.</summary>
    public static void ReferenceVersion(string path, string name, ushort major)
    {
        var bytes = File.ReadAllBytes(path);
        using var image = new PEReader(new MemoryStream(bytes));
        var metadata = image.GetMetadataReader();
        var row = metadata.AssemblyReferences
            .Select((handle, index) => (Name: metadata.GetString(metadata.GetAssemblyReference(handle).Name), index))
            .Single(r => r.Name == name).index;
        var at = image.PEHeaders.MetadataStartOffset + metadata.GetTableMetadataOffset(TableIndex.AssemblyRef)
            + (row * metadata.GetTableRowSize(TableIndex.AssemblyRef));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), major);
        File.WriteAllBytes(path, bytes);
    }
}
