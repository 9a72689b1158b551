using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Chat.House.Tests;

/// <summary>Whoever has read one class knows what its fields are called in the next.</summary>
[TestClass]
public sealed class FieldNameTests
{
    /// <summary>Their fields say which one of many it is, or what it is to the class.</summary>
    private static readonly string[] OneOfMany = ["RawStatement", "TableStatements", "Attachment"];

    private static readonly List<TypeDeclarationSyntax> Classes = [.. Repository.Product
        .Where(file => file.Path.StartsWith("Chat.Daemon/", StringComparison.Ordinal))
        .SelectMany(file => file.Syntax.DescendantNodes().OfType<ClassDeclarationSyntax>())];

    [TestMethod]
    public void APartHasOneNameInAllClasses() => Classes
        .SelectMany(type => Held(type).GroupBy(held => held.Type).Where(group => group.Count() == 1).Select(group => group.Single()))
        .Where(held => Parts.Contains(held.Type) && !OneOfMany.Contains(held.Type))
        .GroupBy(held => held.Type)
        .Where(group => group.Select(held => held.Name).Distinct().Count() > 1)
        .Select(group => $"{group.Key}: {string.Join(", ", group.Select(held => $"{held.Name} ({held.Class})"))}")
        .AssertNone("Call a field or a constructor's parameter by its type's name, the same in all classes:");

    private static readonly HashSet<string> Parts = [.. Classes.Select(type => type.Identifier.Text)];

    /// <summary>Fields, and parameters of constructors.</summary>
    private static IEnumerable<(string Class, string Type, string Name)> Held(TypeDeclarationSyntax type)
    {
        var fields = type.Members.OfType<FieldDeclarationSyntax>()
            .Where(field => !field.Modifiers.Any(SyntaxKind.StaticKeyword))
            .SelectMany(field => field.Declaration.Variables.Select(v => (Type: field.Declaration.Type.ToString(), v.Identifier.Text)));
        var parameters = (type.ParameterList?.Parameters ?? []).Select(p => (Type: p.Type!.ToString(), p.Identifier.Text));
        return fields.Concat(parameters).Select(held => (type.Identifier.Text, held.Type.TrimEnd('?'), held.Text));
    }
}
