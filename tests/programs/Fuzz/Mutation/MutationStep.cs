namespace Fuzz.Mutation;

/// <summary>One small change.</summary>
internal delegate void MutationStep(EditBuffer buffer, FuzzRandom random);
