declare module "*.css";
declare const KHALA_VERSION: string;
